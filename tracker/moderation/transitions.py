"""The legal moves of a visit, as one table. Pure; docs/architecture.md draws it.

A move names who may make it: a moderator, an admin, or the worker whose visit it is.
"""

from enum import StrEnum

from tracker.accounts.roles import Role
from tracker.fieldwork.states import VisitState


class Move(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    RESUBMIT = "resubmit"
    REOPEN = "reopen"
    UNDO = "undo"
    WITHDRAW = "withdraw"


S = VisitState
# move -> (states it may start from, state it ends in, role that may make it)
MOVES: dict[Move, tuple[frozenset[VisitState], VisitState, Role]] = {
    Move.APPROVE: (frozenset({S.SUBMITTED}), S.APPROVED, Role.MODERATOR),
    Move.RETURN: (frozenset({S.SUBMITTED}), S.RETURNED, Role.MODERATOR),
    Move.REJECT: (frozenset({S.SUBMITTED}), S.REJECTED, Role.MODERATOR),
    Move.RESUBMIT: (frozenset({S.RETURNED}), S.SUBMITTED, Role.FIELDWORKER),
    Move.REOPEN: (frozenset({S.APPROVED, S.REJECTED}), S.SUBMITTED, Role.ADMIN),
    Move.UNDO: (frozenset({S.APPROVED, S.RETURNED, S.REJECTED}), S.SUBMITTED, Role.MODERATOR),
    Move.WITHDRAW: (frozenset({S.SUBMITTED, S.RETURNED}), S.WITHDRAWN, Role.FIELDWORKER),
}
# These begin a new revision: a revision is judged once only.
NEW_REVISION = frozenset({Move.RESUBMIT, Move.REOPEN, Move.UNDO})
NEEDS_REASON = frozenset({Move.RETURN, Move.REJECT})
JUDGEMENTS = frozenset({Move.APPROVE, Move.RETURN, Move.REJECT})


def is_legal(move: Move, state: VisitState) -> bool:
    """Whether a visit in `state` may make `move`."""
    return state in MOVES[move][0]


def end_of(move: Move) -> VisitState:
    """The state in which `move` ends."""
    return MOVES[move][1]
