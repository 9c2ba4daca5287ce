"""The table of moves."""

import pytest

from tracker.accounts.roles import Role
from tracker.fieldwork.states import VisitState
from tracker.moderation.transitions import (
    JUDGEMENTS,
    MOVES,
    NEEDS_REASON,
    NEW_REVISION,
    Move,
    end_of,
    is_legal,
)

LEGAL = {
    (VisitState.SUBMITTED, Move.APPROVE): VisitState.APPROVED,
    (VisitState.SUBMITTED, Move.RETURN): VisitState.RETURNED,
    (VisitState.SUBMITTED, Move.REJECT): VisitState.REJECTED,
    (VisitState.SUBMITTED, Move.WITHDRAW): VisitState.WITHDRAWN,
    (VisitState.RETURNED, Move.RESUBMIT): VisitState.SUBMITTED,
    (VisitState.RETURNED, Move.WITHDRAW): VisitState.WITHDRAWN,
    (VisitState.APPROVED, Move.REOPEN): VisitState.SUBMITTED,
    (VisitState.REJECTED, Move.REOPEN): VisitState.SUBMITTED,
    (VisitState.APPROVED, Move.UNDO): VisitState.SUBMITTED,
    (VisitState.RETURNED, Move.UNDO): VisitState.SUBMITTED,
    (VisitState.REJECTED, Move.UNDO): VisitState.SUBMITTED,
}


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("move", Move)
def test_exactly_the_legal_moves_are_legal(state: VisitState, move: Move) -> None:
    assert is_legal(move, state) == ((state, move) in LEGAL)


@pytest.mark.parametrize(("pair", "end"), LEGAL.items())
def test_a_move_ends_where_the_design_says(pair: tuple[VisitState, Move], end: VisitState) -> None:
    assert end_of(pair[1]) == end


def test_every_move_has_its_row() -> None:
    assert set(MOVES) == set(Move)


WHO = {
    Move.APPROVE: Role.MODERATOR,
    Move.RETURN: Role.MODERATOR,
    Move.REJECT: Role.MODERATOR,
    Move.UNDO: Role.MODERATOR,
    Move.REOPEN: Role.ADMIN,
    Move.RESUBMIT: Role.FIELDWORKER,
    Move.WITHDRAW: Role.FIELDWORKER,
}


@pytest.mark.parametrize("move", Move)
def test_a_move_names_who_may_make_it(move: Move) -> None:
    assert MOVES[move][2] == WHO[move]


def test_what_comes_back_to_the_queue_is_a_new_revision() -> None:
    """A revision is judged once only: every move that ends in the queue begins another."""
    assert {move for move in Move if end_of(move) == VisitState.SUBMITTED} == NEW_REVISION


def test_a_moderator_judges_and_says_why_where_it_is_no_approval() -> None:
    judged = {Move.APPROVE: VisitState.APPROVED, Move.RETURN: VisitState.RETURNED}
    judged |= {Move.REJECT: VisitState.REJECTED}
    assert judged.keys() == JUDGEMENTS
    assert {move: end_of(move) for move in JUDGEMENTS} == judged
    assert JUDGEMENTS - {Move.APPROVE} == NEEDS_REASON


def test_moves_are_kept_by_these_names() -> None:
    """Rows of decisions hold them: another name would orphan what was decided."""
    assert [move.value for move in Move] == [
        "approve", "return", "reject", "resubmit", "reopen", "undo", "withdraw",
    ]  # fmt: skip
