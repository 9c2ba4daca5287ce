"""Rules in words: what gives what, whether it is in force, and why not."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tracker.rules.models import AcceptanceRule
from tracker.rules.queries import KnownRule
from tracker.survey.routes import Route
from tracker.survey.traits import Trait


@dataclass(frozen=True)
class RuleLine:
    rule: AcceptanceRule
    route: str
    trait: str
    last_day: date | None
    state: str
    is_in_force: bool


def rule_lines(rules: list[KnownRule], *, today: date) -> list[RuleLine]:
    """Those in force first, then in the order of their addition."""
    lines = [
        RuleLine(
            rule=one.rule,
            route=str(Route(one.rule.route).label),
            trait=str(Trait(one.rule.trait).label),
            last_day=None if one.never_applied else one.last_day,
            state=state_of(one, today=today),
            is_in_force=one.is_in_force(today),
        )
        for one in rules
    ]
    return sorted(lines, key=lambda line: not line.is_in_force)


def state_of(one: KnownRule, *, today: date) -> str:
    """In force, or why it is not, in a few words."""
    if one.is_announced:
        return _("Announced; its first day is not known, so it gives nothing yet.")
    if one.never_applied:
        return _("Withdrawn: it never applied.")
    if one.is_in_force(today):
        return _("In force")
    if one.rule.first_day is not None and one.rule.first_day > today:
        return _("Not yet in force")
    return _("Ended")
