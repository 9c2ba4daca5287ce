"""What was known on a day: the counts with every decision and correction after it ignored.

A figure that was quoted can be counted again. Decisions, revisions and changes of shops are
only ever added, so the answer for a past day never changes. It reads every decision up to
that day, which costs about a minute per million: it is for checking a figure, not for maps
that many people open.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from tracker.adoption.changes import CountPlace
from tracker.adoption.history import facts_from
from tracker.adoption.queries import Count
from tracker.adoption.timeline import VisitFacts, spans_of, status_at
from tracker.fieldwork.kinds.several import answers_in, route_bits_in
from tracker.fieldwork.models import VisitRevision
from tracker.fieldwork.states import VisitState
from tracker.moderation.models import Decision
from tracker.moderation.transitions import MOVES, Move
from tracker.places.kinds import AreaLevel
from tracker.places.models import Shop, ShopChange
from tracker.rules.queries import rulebook
from tracker.rules.rulebook import Rulebook
from tracker.survey.measures import Measure
from tracker.survey.specs import SINGLES

CHUNK = 2000
REOPENED = MOVES[Move.REOPEN][0]
Order = tuple[datetime, datetime, int]


class Then(NamedTuple):
    """A shop as it was thought to be."""

    place: CountPlace
    merged_into: int | None


def counts_known_at(
    *, moment: datetime, level: AreaLevel, measure: Measure, month: int, segment: str
) -> dict[int, Count]:
    """Area code → counts at the end of `month` as they were known at `moment`."""
    shops = _shops_then(moment)
    histories: defaultdict[int, list[tuple[Order, VisitFacts]]] = defaultdict(list)
    rules = rulebook(at=moment)
    for shop_id, order, facts in _visits_then(moment, rules):
        histories[shops[shop_id].merged_into or shop_id].append((order, facts))
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for shop_id, history in histories.items():
        facts_in_order = [facts for _order, facts in sorted(history, key=lambda one: one[0])]
        is_yes = status_at(spans_of(facts_in_order, SINGLES)[measure.value], month)
        area = shops[shop_id].place.area_at(level, segment)
        if is_yes is not None and area:
            counts[area][0] += 1
            counts[area][1] += is_yes
    return {area: Count(*numbers) for area, numbers in sorted(counts.items())}


def _shops_then(moment: datetime) -> dict[int, Then]:
    """Every shop as it was before the first change after `moment`."""
    columns = ("segment", "city", "ward", "grid125", "merged_into")
    later: dict[int, Then] = {}
    changes = ShopChange.objects.filter(at__gt=moment).order_by("shop", "pk")
    for shop_id, *values in changes.values_list("shop", *columns):
        later.setdefault(shop_id, _then(*values))
    shops = Shop.objects.values_list("pk", *columns).iterator(chunk_size=CHUNK)
    return {pk: later.get(pk) or _then(*values) for pk, *values in shops}


def _then(segment: str, city: str, ward: str | None, grid125: int, merged: int | None) -> Then:
    return Then(CountPlace(segment, int(city), int(ward or 0), grid125 // 10), merged)


def _approved_then(moment: datetime) -> tuple[dict[int, int], set[tuple[int, int]]]:
    """Visit → the revision of it that stood approved; and the revisions made by opening again."""
    decisions = Decision.objects.filter(at__lte=moment).order_by("pk")
    approved: dict[int, int] = {}
    copies: set[tuple[int, int]] = set()
    for visit, revision, from_state, to_state in decisions.values_list(
        "visit", "revision", "from_state", "to_state"
    ).iterator(chunk_size=CHUNK):
        approved.pop(visit, None)
        if to_state == VisitState.APPROVED:
            approved[visit] = revision
        elif from_state in REOPENED:
            copies.add((visit, revision + 1))
    return approved, copies


def _visits_then(moment: datetime, rules: Rulebook) -> Iterator[tuple[int, Order, VisitFacts]]:
    """Shop, order and facts of every visit that stood approved."""
    approved, copies = _approved_then(moment)
    ids = sorted(approved)
    for begin in range(0, len(ids), CHUNK):
        chunk = ids[begin : begin + CHUNK]
        rows = VisitRevision.objects.filter(visit__in=chunk)
        revisions = {(row.visit_id, row.number): row for row in rows}
        for visit_id in chunk:
            number = approved[visit_id]
            while (visit_id, number) in copies:
                number -= 1  # opening again changes neither the content nor the receipt
            yield _visit_then(revisions[visit_id, number], rules)


def _visit_then(revision: VisitRevision, rules: Rulebook) -> tuple[int, Order, VisitFacts]:
    """Shop, order and facts of a visit in this revision."""
    content, received = revision.content, revision.made_at
    observed = min(datetime.fromisoformat(content["observed_at"]), received)
    answers, routes = answers_in(content).values(), route_bits_in(content)
    facts = facts_from(content["outcome"], observed, answers, routes, rules)
    return content["shop"], (observed, received, revision.visit_id), facts
