"""What OpenStreetMap says of a shop beside what approved visits say, where the two differ."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max

from tracker.adoption.present import present_statuses
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import day_of
from tracker.places.models import OSM_DATASET, Source
from tracker.places.shortlist import merged_shops
from tracker.survey.answers import Answer
from tracker.survey.traits import Trait

TOGETHER = 1_000  # objects whose visits are read at once


class OsmTag(NamedTuple):
    """One tag that a mapper may want to set; `in_osm` is "" where it was not imported."""

    osm_id: str
    address: str
    name: str
    key: str
    in_osm: str
    observed: str
    check_key: str
    check_date: str


class Linked(NamedTuple):
    """An object of OpenStreetMap and the shop it stands for."""

    pk: int
    external_id: str
    tags: dict[str, str]
    shop: int
    name: str


def changed_tags(*, at: datetime) -> Iterator[OsmTag]:
    """Every tag whose live status is not what was imported, by rising key of the source."""
    after = 0
    while linked := _linked_after(after):
        yield from _changes(linked, at)
        after = linked[-1].pk


def _linked_after(key: int) -> list[Linked]:
    """Objects of shops that stand for themselves."""
    found = Source.objects.filter(pk__gt=key, dataset=OSM_DATASET, shop__merged_into=None)
    columns = ("pk", "external_id", "tags", "shop", "shop__name")
    return [Linked(*row) for row in found.order_by("pk").values_list(*columns)[:TOGETHER]]


def _changes(linked: Sequence[Linked], at: datetime) -> Iterator[OsmTag]:
    shops = sorted({one.shop for one in linked})
    survivors = {shop: shop for shop in shops} | merged_shops(shops)
    statuses = present_statuses(survivors, at=at)
    days = {trait: _last_days(survivors, trait) for trait in Trait}
    for one in linked:
        for trait, is_yes in statuses.get(one.shop, {}).items():
            spec = Trait(trait).spec
            key, observed = spec.osm_tag, spec.osm_yes if is_yes else spec.osm_no
            before = str(one.tags.get(key, ""))
            if before != observed:
                yield OsmTag(
                    osm_id=one.external_id,
                    address=f"https://www.openstreetmap.org/{one.external_id}",
                    name=one.name,
                    key=key,
                    in_osm=before,
                    observed=observed,
                    check_key=f"check_date:{key}",
                    check_date=days[Trait(trait)][one.shop].isoformat(),
                )


def _last_days(survivors: Mapping[int, int], trait: Trait) -> dict[int, date]:
    """Shop → the day, in Japan, on which the trait was last answered with yes or no."""
    answered = Visit.objects.filter(
        shop__in=list(survivors),
        state=VisitState.APPROVED,
        **{f"{trait.value}__in": [Answer.YES, Answer.NO]},
    )
    days: dict[int, date] = {}
    for shop, last in answered.values_list("shop").annotate(last=Max("observed_at")):
        survivor, day = survivors[shop], day_of(last)
        days[survivor] = max(day, days.get(survivor, day))
    return days
