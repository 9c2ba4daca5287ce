"""The table of moves."""

import pytest

from tracker.fieldwork.states import VisitState
from tracker.moderation.transitions import MOVES, Move, end_of, is_legal

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
