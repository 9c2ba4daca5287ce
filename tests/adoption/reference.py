"""The definition of a live status, spelt out slowly. It judges the quick ways."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from tracker.adoption.timeline import VisitFacts
from tracker.fieldwork.models import Visit

TOKYO = ZoneInfo("Asia/Tokyo")


def status(visits: Sequence[VisitFacts], trait: str, month: int) -> bool | None:
    """Yes, no or None at the end of `month`, by reading every visit up to then."""
    answer: bool | None = None
    answered_in = 0
    for visit in visits:
        if visit.month > month:
            break
        if visit.is_ending:
            answer = None
        elif trait in visit.answers:
            answer, answered_in = visit.answers[trait], visit.month
    return None if answer is None or month - answered_in > 12 else answer


def wallets(visits: Sequence[VisitFacts], month: int) -> dict[str, bool | None]:
    """Where both are known: whether one is yes, and whether both are; seen, and by rule."""
    found: dict[str, bool | None] = {}
    for kind in ("", "_by_rule"):
        told = [status(visits, wallet + kind, month) for wallet in ("alipay", "wechat_pay")]
        is_known = None not in told
        found[f"either_wallet{kind}"] = True in told if is_known else None
        found[f"both_wallets{kind}"] = False not in told if is_known else None
    return found


def status_by_visits(
    visits: Sequence[Visit],
    trait: str,
    month: int,
    said: Callable[[Visit], str | None] | None = None,
) -> bool | None:
    """The same from visits as they are stored, whatever their state, read off docs/method.md.

    `said`: what a visit says, where that is another thing than its answer to the trait.
    """
    said = said or (lambda visit: str(getattr(visit, trait)))
    answer: bool | None = None
    answered_in = 0
    for visit in sorted(visits, key=lambda one: (one.observed_at, one.received_at, one.pk)):
        moment = visit.observed_at.astimezone(TOKYO)
        seen_in = moment.year * 12 + moment.month - 1
        if visit.state != "approved" or seen_in > month:
            continue
        if visit.outcome in ("closed_for_good", "replaced"):
            answer = None
        elif visit.outcome == "answered" and said(visit) in ("yes", "no"):
            answer, answered_in = said(visit) == "yes", seen_in
    return None if answer is None or month - answered_in > 12 else answer
