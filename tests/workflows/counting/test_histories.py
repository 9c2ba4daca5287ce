"""Five hundred random histories of fifty steps and more: the counts always equal a recount."""

from datetime import timedelta
from random import Random

import pytest

from tests.factories import NOON
from tests.workflows.counting.history_steps import STEPS, History, People, due
from tracker.accounts.models import User
from tracker.workflows import dispatch
from tracker.workflows.counting import counts

pytestmark = pytest.mark.django_db
PER_TEST, TESTS = 25, 20
FEWEST, MOST = 50, 70  # steps


def played(seed: int, people: People) -> History:
    """One history, and then a worker that is let live."""
    history = History(rng=Random(seed), people=people, now=NOON)
    history.begin()
    for _step in range(history.rng.randint(FEWEST, MOST)):
        history.step()
    history.now += timedelta(hours=1)
    for message in due(history):
        dispatch.work(message_id=message, at=history.now)
    return history


@pytest.mark.parametrize("first", range(0, PER_TEST * TESTS, PER_TEST))
def test_counts_equal_a_recount_after_any_history(
    aki: User, mori: User, sora: User, first: int
) -> None:
    people = People(aki, mori, sora)
    did: set[str] = set()
    for seed in range(first, first + PER_TEST):
        history = played(seed, people)
        verdict = counts.verify()
        assert (verdict.differences, verdict.waiting, verdict.set_aside) == ([], 0, 0), seed
        assert history.did.total() >= FEWEST
        did |= set(history.did)
    assert did == set(STEPS)  # each of them really happened
