"""Random histories of fifty steps and more: the counts always equal a recount.

Twenty-five with `make test`, of another seed every time, and ten on the other database; five
hundred with `make test-all`, on either.
"""

from collections import Counter
from datetime import timedelta
from itertools import count
from random import Random

import pytest
from django.db import connection

from tests.factories import NOON
from tests.tiers import SEED, tries
from tests.workflows.counting.history_steps import STEPS, History, People, due
from tracker.accounts.models import User
from tracker.workflows import dispatch
from tracker.workflows.counting import counts

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow(30)]
TESTS = tries(quick=1, test=1, whole=20)
FEWEST, MOST = 50, 70  # steps
MOST_TRIED = 100  # histories, until every step has been taken


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


@pytest.mark.parametrize("part", range(TESTS))
def test_counts_equal_a_recount_after_any_history(
    aki: User, mori: User, sora: User, part: int
) -> None:
    people = People(aki, mori, sora)
    did: Counter[str] = Counter()
    fewest = tries(quick=10, test=25 if connection.vendor == "postgresql" else 10, whole=25)
    for number in count(1):
        seed = SEED * 10_000 + part * 500 + number
        history = played(seed, people)
        verdict = counts.verify()
        assert (verdict.differences, verdict.waiting, verdict.set_aside) == ([], 0, 0), seed
        assert history.did.total() >= FEWEST
        did += history.did
        if number >= fewest and set(did) == set(STEPS):  # each of them really happened
            return
        assert number < MOST_TRIED, did
