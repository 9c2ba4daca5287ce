"""Rules about routes are added and ended; the shops that this concerns are counted once more."""

from datetime import date, datetime

from django.db import transaction

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.adoption.history import shops_with_routes
from tracker.adoption.rebuild.by_rule import recount_by_rule
from tracker.audit import log
from tracker.months import day_start
from tracker.outbox import actions as outbox
from tracker.rules import actions
from tracker.rules.models import AcceptanceRule
from tracker.rules.queries import ONE_DAY, KnownRule, known_rules
from tracker.rules.start import READ_ON, START_RULES
from tracker.survey.routes import ALL_BITS, BITS
from tracker.survey.specs import RULES

AT_ONCE = 10_000  # shops; whoever else refreshes waits no longer than for these


@transaction.atomic
def keep_start_rules(*, at: datetime) -> int:
    """Add what every installation begins with where there is no rule at all; how many.

    They come with Noren, like its areas: nobody has done anything that the log could tell.
    """
    if AcceptanceRule.objects.exists():
        return 0
    for rule in START_RULES:
        actions.add_rule(**rule._asdict(), read_on=READ_ON, by=None, at=at)
    if shops_with_routes(bits=0, begins=None, ends=None):
        _recount(bits=0, first_day=None, last_day=None, at=at)
    return len(START_RULES)


@transaction.atomic
def add_rule(
    *,
    route: str,
    trait: str,
    first_day: date | None,
    exceptions: str,
    source: str,
    read_on: date,
    by: User,
    at: datetime,
) -> AcceptanceRule:
    """Say that a route gives a wallet from a day on. Refused, Invalid."""
    check_may(by, Action.SET_RULES)
    rule = actions.add_rule(
        route=route, trait=trait, first_day=first_day, exceptions=exceptions, source=source,
        read_on=read_on, by=by, at=at,
    )  # fmt: skip
    log.record(
        kind="rule_added",
        actor=by,
        subject_type="rule",
        subject_id=rule.pk,
        at=at,
        facts={"route": route, "trait": trait, "first_day": _text(first_day)},
    )
    _recount_for_new(rule, at=at)
    return rule


def _recount_for_new(rule: AcceptanceRule, *, at: datetime) -> None:
    if rule.first_day is None or rule.trait not in RULES:
        return
    others = [one for one in known_rules() if one.rule.trait == rule.trait and one.rule != rule]
    if all(one.is_announced for one in others):
        # The first of its wallet: where nothing was known, every till says yes or no now.
        _recount(bits=0, first_day=None, last_day=None, at=at)
    else:
        _recount(bits=BITS[rule.route], first_day=rule.first_day, last_day=None, at=at)


@transaction.atomic
def end_rule(
    *, rule_id: int, last_day: date | None, reason: str, by: User, at: datetime
) -> KnownRule:
    """Say when a rule ends, or that it does not after all. Refused, Invalid, DoesNotExist."""
    check_may(by, Action.SET_RULES)
    rule = AcceptanceRule.objects.select_for_update().get(pk=rule_id)
    before = _known(rule)
    actions.end_rule(rule=rule, last_day=last_day, reason=reason, by=by, at=at)
    log.record(
        kind="rule_ended",
        actor=by,
        subject_type="rule",
        subject_id=rule.pk,
        at=at,
        facts={"last_day": _text(last_day), "before": _text(before.last_day), "reason": reason},
    )
    if rule.first_day is not None and before.last_day != last_day:
        first, last = sorted([before.last_day or date.max, last_day or date.max])
        _recount(
            bits=BITS[rule.route], first_day=first + ONE_DAY,
            last_day=None if last == date.max else last, at=at,
        )  # fmt: skip
    return _known(rule)


def _known(rule: AcceptanceRule) -> KnownRule:
    return next(one for one in known_rules() if one.rule == rule)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _recount(*, bits: int, first_day: date | None, last_day: date | None, at: datetime) -> None:
    about = f"{bits}:{_text(first_day)}:{_text(last_day)}"
    outbox.put(handler="recount_routes", about=about, at=at)


def recount_routes(*, about: str, at: datetime) -> int:
    """Bring the counts up to date with the shops of a message; how many. May run twice."""
    shops = shops_about(about)
    for begin in range(0, len(shops), AT_ONCE):
        recount_by_rule(shop_ids=shops[begin : begin + AT_ONCE], at=at)
    return len(shops)


def shops_about(about: str) -> list[int]:
    """Shops of `bits:first day:last day`: visited on these days, with one of these routes seen.

    Without bits all whose till was asked for; days in Asia/Tokyo, both included, empty: open.
    """
    bits, first, last = about.split(":")
    return shops_with_routes(
        bits=int(bits) & ALL_BITS,
        begins=day_start(date.fromisoformat(first)) if first else None,
        ends=day_start(date.fromisoformat(last) + ONE_DAY) if last else None,
    )
