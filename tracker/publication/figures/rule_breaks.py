"""Where a rule begins or ends within a trend: the day, its place among the months, and words."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from tracker.months import month_index
from tracker.rules.queries import ONE_DAY, KnownRule, known_rules
from tracker.survey.measures import Measure
from tracker.survey.routes import Route
from tracker.survey.specs import RULES, UNIONS
from tracker.survey.traits import Trait


class RuleBreak(NamedTuple):
    """`place` is in months, on an axis whose whole numbers are the ends of months."""

    day: date
    place: float
    sentence: str


def breaks_of(measure: Measure, *, first_month: int, last_month: int) -> list[RuleBreak]:
    """The days between the ends of these months on which a rule moves the measure, in order.

    None for a measure that was seen: rules rewrite no answer.
    """
    if not measure.is_by_rule:
        return []
    parts = UNIONS[measure.value].traits if measure.value in UNIONS else (measure.value,)
    own = [
        one for one in known_rules() if RULES.get(one.rule.trait) in parts and not one.never_applied
    ]
    found = [moved for one in own for moved in _breaks(one)]
    return sorted(one for one in found if first_month < one.place <= last_month)


def _breaks(one: KnownRule) -> Iterator[RuleBreak]:
    named = {"route": Route(one.rule.route).label, "trait": Trait(one.rule.trait).label}
    if one.rule.first_day is not None:
        words = _("%(day)s: by rule %(route)s gives %(trait)s from this day on.")
        yield _break(one.rule.first_day, words % {"day": one.rule.first_day, **named})
    if one.last_day is not None:
        after = one.last_day + ONE_DAY
        words = _("%(day)s: by rule %(route)s gives %(trait)s no longer.")
        yield _break(after, words % {"day": after, **named})


def _break(day: date, sentence: str) -> RuleBreak:
    month = month_index(day.year, day.month)
    part = (day.day - 1) / monthrange(day.year, day.month)[1]
    return RuleBreak(day, month - 1 + part, sentence)
