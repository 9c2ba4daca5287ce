"""Fifty phones at once, every batch sent twice at the same moment: each entry is stored once."""

import pytest

from tests.crowd import crowd_of, loads_of, rows, send_all
from tests.stack import Stack
from tests.tiers import tries

pytestmark = [pytest.mark.slow(20), pytest.mark.site]
PEOPLE, PER_REQUEST = 50, 8
ENTRIES = tries(quick=0, test=16, whole=200)


def test_fifty_phones_leave_exactly_one_row_an_entry(stack: Stack) -> None:
    crowd = crowd_of(stack, PEOPLE)
    loads = loads_of(stack, crowd, entries=ENTRIES, per_request=PER_REQUEST)
    replies = send_all(stack, loads, lines=PEOPLE, at_once=2)
    assert len(replies) == 2 * PEOPLE * ENTRIES // PER_REQUEST
    assert {reply.status for reply in replies} == {200}, stack.logs()
    assert [reply for reply in replies if not reply.right] == []
    assert rows(stack) == PEOPLE * ENTRIES
    verdict = stack.verify()
    assert (verdict["exit"], verdict["differences"]) == (0, [])
