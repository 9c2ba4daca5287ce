"""When shops were last visited and photographed, and which have waited longest; no answers.

`before` leaves out what was observed then or later: a shop that is to be visited again looks as it
did before.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Case, F, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import OrderBy

from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.places.models import Area, Shop
from tracker.places.shortlist import in_areas
from tracker.survey.outcomes import Outcome

NOT_A_VISIT = (VisitState.WITHDRAWN, VisitState.REJECTED)
GONE = (Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED)


def last_visits(
    survivors: Mapping[int, int], *, before: datetime | None = None
) -> dict[int, datetime]:
    """Shop → its last visit by anybody. `survivors`: shop → the shop it counts as."""
    visits = _visits(before).filter(shop__in=list(survivors))
    return _latest(survivors, visits.values_list("shop").annotate(Max("observed_at")))


def last_photos(
    survivors: Mapping[int, int], *, before: datetime | None = None
) -> dict[int, datetime]:
    """Shop → the last visit of which a photo came that could be used, as far as we know yet."""
    photos = (
        Photo.objects.filter(visit__shop__in=list(survivors))
        .exclude(state=PhotoState.REFUSED)
        .exclude(visit__state__in=NOT_A_VISIT)
    )
    if before:
        photos = photos.filter(visit__observed_at__lt=before)
    return _latest(survivors, photos.values_list("visit__shop").annotate(Max("visit__observed_at")))


def _visits(before: datetime | None = None) -> QuerySet[Visit]:
    visits = Visit.objects.exclude(state__in=NOT_A_VISIT)
    return visits.filter(observed_at__lt=before) if before else visits


def _latest(
    survivors: Mapping[int, int], rows: Iterable[tuple[int, datetime]]
) -> dict[int, datetime]:
    """The latest moment of each shop, those of shops merged into it among them."""
    found: dict[int, datetime] = {}
    for shop, moment in rows:
        survivor = survivors[shop]
        found[survivor] = max(moment, found.get(survivor, moment))
    return found


def gone_shops(survivors: Mapping[int, int]) -> set[int]:
    """Shops that are not to be visited: closed for good or replaced, as last approved.

    Only those of which that was ever said are read as a whole. `survivors` as above.
    """
    approved = Visit.objects.filter(state=VisitState.APPROVED)
    said = approved.filter(shop__in=list(survivors), outcome__in=GONE)
    doubtful = {survivors[shop] for shop in said.values_list("shop", flat=True)}
    family = [shop for shop, survivor in survivors.items() if survivor in doubtful]
    visits = approved.filter(shop__in=family).order_by("observed_at", "received_at", "pk")
    last = {survivors[shop]: outcome for shop, outcome in visits.values_list("shop", "outcome")}
    return {shop for shop, outcome in last.items() if outcome in GONE}


def longest_due_shops(
    *,
    area: Area,
    limit: int,
    own: Collection[str] = (),
    again: Collection[int] = (),
    before: datetime | None = None,
) -> list[int]:
    """Keys of the shops of a city or ward that nobody visited, then of those visited longest ago.

    Those of the areas `own` come first. The shops `again` stand where they stood `before`. Visits
    of a shop merged into another do not count here: that shop then takes a place on the list that
    it may not need, and is told with its right date. Shops that are gone come last.
    """
    where = {"ward": area} if area.city_id else {"city": area}
    shops: QuerySet[Shop] = Shop.objects.filter(**where, merged_into=None)
    last: Subquery | Case = _last()
    if again:
        last = Case(When(pk__in=again, then=_last(before)), default=_last())
    order: list[str | OrderBy] = [F("last").asc(nulls_first=True), "pk"]
    if own:
        shops = shops.annotate(place=Case(When(in_areas(own), then=Value(0)), default=Value(1)))
        order.insert(0, "place")
    ordered = shops.annotate(last=last).order_by(*order)
    return _gone_last(ordered.values_list("pk", flat=True), limit)


def _last(before: datetime | None = None) -> Subquery:
    visits = _visits(before).filter(shop=OuterRef("pk"))
    return Subquery(visits.values("shop").annotate(last=Max("observed_at")).values("last"))


def _gone_last(ordered: QuerySet[Shop, int], limit: int) -> list[int]:
    """The first so many keys that are not gone; gone ones only where there is room left.

    What was found gone is visited no more, so in time it stands first: more is read until enough
    is found, because asking this of every shop of a city would take as long as the rest.
    """
    reach = 2 * limit
    while True:
        keys = list(ordered[:reach])
        gone = gone_shops({key: key for key in keys})
        there = [key for key in keys if key not in gone]
        if len(there) >= limit or len(keys) < reach:
            return (there + [key for key in keys if key in gone])[:limit]
        reach *= 4
