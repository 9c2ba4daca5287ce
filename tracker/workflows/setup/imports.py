"""Bring shops in from a file: all good rows in one transaction, every bad row named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit import log
from tracker.errors import ImportFailed
from tracker.outbox import actions as outbox
from tracker.places import actions
from tracker.places.boundaries import Boundaries, current_boundaries
from tracker.places.duplicates import Neighbourhood
from tracker.places.imports.files import open_shop_file
from tracker.places.imports.rows import BadShopRow, ShopRow
from tracker.places.kinds import Segment
from tracker.places.locating import Location, locate
from tracker.places.models import OSM_DATASET, Shop, Source
from tracker.places.squares import are_missing

OSM_LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
DATASET_LIMIT = 100  # characters, as wide as Source.dataset
Progress = Callable[[int, int], None]  # rows read, rows in all


@dataclass
class ImportReport:
    """What became of the rows of a file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0
    duplicates: list[str] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    untagged: int = 0


@dataclass
class ShopImport:
    """One run over one file. `segment` is for rows whose tags do not tell it."""

    dataset: str
    segment: Segment
    at: datetime
    report: ImportReport
    known: dict[tuple[str, str], Source]
    neighbourhood: Neighbourhood
    boundaries: Boundaries
    shops: list[Shop] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, row: ShopRow) -> None:
        """File one good row."""
        identity = self.identity(row)
        if identity in self.seen:
            first = self.seen[identity]
            self.report.duplicates.append(
                _("row %(row)s: the same shop as row %(first)s")
                % {"row": row.number, "first": first}
            )
            return
        self.seen[identity] = row.number
        source = self.known.get(identity)
        if source is not None and source.digest == row.digest:
            self.report.unchanged += 1
            return
        location = locate(
            row.lat_e7, row.lon_e7, row.address, row.postal_code, boundaries=self.boundaries
        )
        if location.city is None:
            self.report.set_aside += 1
        elif source is None:
            self.create(row, location, identity)
        else:
            self.update(row, location, source)

    def identity(self, row: ShopRow) -> tuple[str, str]:
        """Dataset and key: an OSM id, the file's own key, or a digest of name and place."""
        if row.osm_id:
            return OSM_DATASET, row.osm_id
        return self.dataset, row.external_id or row.key

    def create(self, row: ShopRow, location: Location, identity: tuple[str, str]) -> None:
        segment, is_told = actions.segment_of(row, self.segment)
        self.report.untagged += not is_told
        shop = actions.new_shop(row, location, segment, self.at)
        duplicate = self.neighbourhood.duplicate_of(shop)
        if duplicate:
            self.report.duplicates.append(
                _("row %(row)s: “%(name)s” looks like %(duplicate)s")
                % {"row": row.number, "name": row.name, "duplicate": _named(*duplicate)}
            )
        self.neighbourhood.add(shop, row.number)
        licence = OSM_LICENCE if row.osm_id else ""
        self.shops.append(shop)
        self.sources.append(actions.new_source(row, *identity, licence, self.at))
        self.report.created += 1

    def update(self, row: ShopRow, location: Location, source: Source) -> None:
        """The file has changed: the shop follows, and so do its counts."""
        shop = source.shop
        segment, is_told = actions.segment_of(row, Segment(shop.segment))
        self.report.untagged += not is_told
        actions.fill_shop(shop, row, location, segment)
        actions.remember(shop.pk, by=None, at=self.at)
        shop.save()
        source.tags, source.digest, source.imported_at = row.tags, row.digest, self.at
        source.save()
        outbox.put(handler="refresh_shop", about=shop.pk, at=self.at, notify=False)
        self.report.updated += 1


def _named(other: Shop, row: int) -> str:
    """How a report names the other shop of a pair."""
    return _("row %(row)s") % {"row": row} if row else f"shop {other.pk} “{other.name}”"


def import_shops(
    *,
    path: Path,
    format_name: str,
    dataset: str,
    segment: Segment,
    dry_run: bool,
    at: datetime,
    progress: Progress,
) -> ImportReport:
    """Read `path` and file its rows; ImportFailed, with nothing changed, if it cannot be read."""
    dataset = dataset or path.stem
    if len(dataset) > DATASET_LIMIT:
        raise ImportFailed(
            _(
                "The name of the dataset is longer than %(limit)s characters. "
                "Give a shorter one with --dataset."
            )
            % {"limit": DATASET_LIMIT}
        )
    file = open_shop_file(path, format_name)
    with transaction.atomic():
        run = _begin(dataset, segment, at)
        run.report.notes += file.notes + _missing()
        for row in file.rows:
            if isinstance(row, BadShopRow):
                run.report.errors.append((row.number, row.reason))
            else:
                run.take(row)
            progress(row.number, file.total)
        _finish(run, path.name)
        if dry_run:
            transaction.set_rollback(True)
    return run.report


def _missing() -> list[str]:
    """What the ward of a shop cannot be learnt from on this machine."""
    if not are_missing():
        return []
    return [
        _(
            "The list of 1 km squares is missing: run “npm ci”. Without it fewer wards are "
            "known, and addresses are not checked against positions."
        )
    ]


def _begin(dataset: str, segment: Segment, at: datetime) -> ShopImport:
    sources = Source.objects.filter(dataset__in=[dataset, OSM_DATASET]).select_related("shop")
    return ShopImport(
        dataset=dataset,
        segment=segment,
        at=at,
        report=ImportReport(),
        known={(source.dataset, source.external_id): source for source in sources},
        neighbourhood=Neighbourhood.of_all_shops(),
        boundaries=current_boundaries(),
    )


def _finish(run: ShopImport, file_name: str) -> None:
    actions.keep_imported(run.shops, run.sources)
    report = run.report
    if report.untagged:
        report.notes.append(
            _("%(number)s rows name no kind of shop and were set to “%(segment)s”. Use "
              "--segment to choose another.")
            % {"number": report.untagged, "segment": run.segment.value}
        )  # fmt: skip
    if report.created or report.updated:
        log.record(
            kind="shops_imported",
            actor=None,
            subject_type="import",
            subject_id=file_name[:64],
            at=run.at,
            facts={"created": report.created, "updated": report.updated},
        )
