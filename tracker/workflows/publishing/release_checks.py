"""Whether a release is what it says: its files unchanged, its numbers those of its moment."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tracker.adoption.known import counts_known_at
from tracker.adoption.stored import Mismatch
from tracker.months import month_text
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.publication.releases.files import sha256_of
from tracker.publication.releases.models import Release
from tracker.survey.measures import Measure

Key = tuple[str, ...]
NUMBERS = ("n_observed", "n_yes")


def differences_of_release(release: Release) -> list[Mismatch]:
    """Every file that is not its SHA-256, and every number that a recount does not confirm."""
    if release.counted_at is None:
        return [Mismatch(f"release {release.name}", "no files", "files")]
    folder = Path(settings.RELEASE_ROOT) / release.name
    found = list(_changed_files(release, folder))
    if found:
        return found  # what was changed need not be recounted
    table = folder / "adoption.csv"
    return [*_sums(release, table), *_recount(release, table, release.counted_at)]


def _changed_files(release: Release, folder: Path) -> Iterator[Mismatch]:
    for file in release.files.order_by("pk"):
        path = folder / file.name
        where = f"release {release.name} {file.name}"
        if not path.is_file():
            yield Mismatch(where, "no file", file.sha256)
        elif (digest := sha256_of(path)) != file.sha256:
            yield Mismatch(where, digest, file.sha256)


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _sums(release: Release, table: Path) -> Iterator[Mismatch]:
    """All groups of shops together are the sum of the groups, in every area and month."""
    sums: defaultdict[Key, Counter[bool]] = defaultdict(Counter)
    for row in _rows(table):
        key = (row["period"], row["geo_level"], row["geo_code"], row["measure"])
        sums[key][row["segment"] == ALL_SEGMENTS] += int(row["n_observed"])
    for area, counted in sums.items():
        if counted[True] != counted[False]:
            where = f"release {release.name} {' '.join(area)}"
            yield Mismatch(where, str(counted[True]), str(counted[False]))


def _recount(release: Release, table: Path, moment: datetime) -> Iterator[Mismatch]:
    """The last month, from the decisions known at the moment of the counts."""
    last = month_text(release.last_month)
    stored = {
        (row["geo_level"], row["measure"], int(row["geo_code"])): (row["n_observed"], row["n_yes"])
        for row in _rows(table)
        if row["period"] == last and row["segment"] == ALL_SEGMENTS
    }
    for level in (AreaLevel.CITY, AreaLevel.WARD):
        for measure in Measure:
            known = counts_known_at(
                moment=moment,
                level=level,
                measure=measure,
                month=release.last_month,
                segment=ALL_SEGMENTS,
            )
            for (of, what, area), (observed, yes) in stored.items():
                if (of, what) != (level.value, measure.value):
                    continue
                right = known.get(area)
                numbers = (right.observed, right.yes) if right else (0, 0)
                is_right = observed == str(numbers[0]) and yes in ("", str(numbers[1]))
                if not is_right:
                    where = f"release {release.name} {of} {area} {what}"
                    yield Mismatch(where, f"{observed}, {yes}", str(numbers))
