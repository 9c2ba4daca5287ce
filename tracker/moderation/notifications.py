"""When a worker learns of a decision: a return or a rejection is kept back for a minute. Pure.

A moderator who slips on a key undoes it within that minute, and the worker never sees it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tracker.fieldwork.states import VisitState
from tracker.moderation.models import Decision

KEPT_BACK = timedelta(seconds=60)
KEPT_BACK_STATES = (VisitState.RETURNED, VisitState.REJECTED)


def notified_decisions(decisions: Iterable[Decision], *, at: datetime) -> list[Decision]:
    """Of all decisions of one visit those its worker may know at `at`, oldest first."""
    in_order = sorted(decisions, key=lambda decision: decision.pk)
    told: list[Decision] = []
    for decision in in_order:
        if told and _undoes(decision, told[-1]):
            told.pop()
        else:
            told.append(decision)
    while told and told[-1].to_state in KEPT_BACK_STATES and told[-1].at > at - KEPT_BACK:
        told.pop()
    return told


def _undoes(decision: Decision, before: Decision) -> bool:
    """Whether it takes a return or rejection back so soon that nobody was told."""
    return (
        before.to_state in KEPT_BACK_STATES
        and decision.from_state == before.to_state
        and decision.revision == before.revision
        and decision.by_id == before.by_id
        and decision.at < before.at + KEPT_BACK
    )


def notified_state(decisions: Iterable[Decision], *, at: datetime) -> VisitState:
    """The state of a visit as its worker knows it at `at`."""
    told = notified_decisions(decisions, at=at)
    return VisitState(told[-1].to_state) if told else VisitState.SUBMITTED
