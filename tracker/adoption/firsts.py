"""Which shops of a ward were the first that are known to say yes: months, and never names."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.adoption.models import CountedShop
from tracker.adoption.packing import spans_from_bytes
from tracker.adoption.states import SnapshotState
from tracker.adoption.timeline import Span
from tracker.survey.specs import SINGLES
from tracker.survey.traits import Trait


class FirstYes(NamedTuple):
    """A shop's first month of yes, its kind, and whether it was seen to say no before."""

    month: int
    segment: str
    was_no: bool


class Firsts(NamedTuple):
    """The shops of the earliest month of yes, of `observed` with any answer, `yes` with one."""

    earliest: list[FirstYes]
    observed: int
    yes: int


def firsts_in_ward(*, ward: int, trait: Trait) -> Firsts:
    """Of the approved visits of a ward, as they stand in the counts. One statement."""
    shops = CountedShop.objects.filter(snapshot__state=SnapshotState.CURRENT, ward=ward)
    rows = shops.values_list("segment", "spans")
    return firsts_of(
        (segment, spans_from_bytes(bytes(spans), SINGLES)[trait]) for segment, spans in rows
    )


def firsts_of(shops: Iterable[tuple[str, Sequence[Span]]]) -> Firsts:
    """Of shops given by their kind and their spans in the order of months. Pure."""
    observed = [(segment, spans) for segment, spans in shops if spans]
    found = [
        first for segment, spans in observed if (first := _first_yes(segment, spans)) is not None
    ]
    month = min((one.month for one in found), default=0)
    earliest = sorted(one for one in found if one.month == month)
    return Firsts(earliest, len(observed), len(found))


def _first_yes(segment: str, spans: Sequence[Span]) -> FirstYes | None:
    for place, span in enumerate(spans):
        if span.is_yes:
            return FirstYes(span.first, segment, was_no=place > 0)
    return None
