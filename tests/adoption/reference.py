"""The definition of a live status, spelt out slowly. It judges the quick ways."""

from collections.abc import Sequence

from tracker.adoption.timeline import VisitFacts


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


def either(visits: Sequence[VisitFacts], month: int) -> bool | None:
    """Yes if one wallet is yes, no if both are no, None otherwise."""
    wallets = {status(visits, "alipay", month), status(visits, "wechat_pay", month)}
    if True in wallets:
        return True
    return None if None in wallets else False
