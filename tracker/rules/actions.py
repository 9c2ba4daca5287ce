"""Add a rule, end one."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.errors import Invalid
from tracker.rules.models import PAIRS, AcceptanceRule, RuleEnd
from tracker.rules.queries import ONE_DAY


def add_rule(
    *,
    route: str,
    trait: str,
    first_day: date | None,
    exceptions: str,
    source: str,
    read_on: date,
    by: User | None,
    at: datetime,
) -> AcceptanceRule:
    """Invalid where the route can never give the wallet, or nobody says where it is from."""
    if (route, trait) not in PAIRS:
        raise Invalid(_("This route never gives this wallet by rule."), field="trait")
    if not source.strip():
        raise Invalid(_("Say where the rule can be read."), field="source")
    return AcceptanceRule.objects.create(
        route=route,
        trait=trait,
        first_day=first_day,
        exceptions=exceptions.strip(),
        source=source.strip(),
        read_on=read_on,
        added_at=at,
        added_by=by,
    )


def end_rule(
    *, rule: AcceptanceRule, last_day: date | None, reason: str, by: User, at: datetime
) -> RuleEnd:
    """Invalid for a day further before the first day than the one that says “never applied”."""
    if rule.first_day and last_day and last_day < rule.first_day - ONE_DAY:
        raise Invalid(
            _("A rule ends on its first day or later; the day before it says it never applied."),
            field="last_day",
        )
    return RuleEnd.objects.create(rule=rule, last_day=last_day, reason=reason.strip(), at=at, by=by)
