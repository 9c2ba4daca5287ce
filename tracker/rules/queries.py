"""Which rules there are, and which were known at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.months import day_start
from tracker.rules.models import AcceptanceRule
from tracker.rules.rulebook import RouteRule, Rulebook, rulebook_of
from tracker.survey.routes import BITS
from tracker.survey.specs import RULES

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class KnownRule:
    """A rule with the end that was known; days in Asia/Tokyo, both included."""

    rule: AcceptanceRule
    last_day: date | None

    @property
    def is_announced(self) -> bool:
        return self.rule.first_day is None

    @property
    def never_applied(self) -> bool:
        first = self.rule.first_day
        return first is not None and self.last_day is not None and self.last_day < first

    def is_in_force(self, day: date) -> bool:
        first = self.rule.first_day
        return (
            first is not None and first <= day and (self.last_day is None or day <= self.last_day)
        )


def known_rules(*, at: datetime | None = None) -> list[KnownRule]:
    """All rules in the order of their addition, as they were known at a moment; now: None."""
    rules = AcceptanceRule.objects.prefetch_related("ends").select_related("added_by")
    if at is not None:
        rules = rules.filter(added_at__lte=at)
    return [KnownRule(rule, _last_day(rule, at)) for rule in rules.order_by("pk")]


def _last_day(rule: AcceptanceRule, at: datetime | None) -> date | None:
    ends = [end for end in rule.ends.all() if at is None or end.at <= at]
    return max(ends, key=lambda end: end.pk).last_day if ends else None


def rulebook(*, at: datetime | None = None) -> Rulebook:
    """The same for judging visits. Two statements."""
    return rulebook_of(_rules(known_rules(at=at)))


def _rules(known: list[KnownRule]) -> Iterator[RouteRule]:
    for one in known:
        rule = one.rule
        if rule.first_day is None or rule.trait not in RULES:
            continue
        ends = None if one.last_day is None else day_start(one.last_day + ONE_DAY)
        yield RouteRule(BITS[rule.route], RULES[rule.trait], day_start(rule.first_day), ends)
