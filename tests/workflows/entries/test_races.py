"""Races that only a database with several writers can show; they run on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from tests.factories import NOON, make_entry, make_shop, make_visit
from tracker.accounts.models import User
from tracker.audit import log
from tracker.audit.models import AuditEvent
from tracker.errors import Stale, TrackerError
from tracker.fieldwork.models import Visit
from tracker.moderation.kinds import Reason
from tracker.moderation.models import Decision
from tracker.moderation.transitions import Move
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate, screen

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TRIALS = 40


def race(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment, each on its own connection; what each gave or raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except TrackerError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def judge(visit: Visit, by: User, move: Move) -> Callable[[], object]:
    seen = Visit.objects.get(pk=visit.pk)
    reasons = [] if move == Move.APPROVE else [Reason.DUPLICATE.value]
    return lambda: moderate.decide(
        visit=seen, revision=1, move=move, reasons=reasons, note="", by=by, at=NOON
    )


def test_two_moderators_make_one_decision(aki: User, mori: User, rin: User) -> None:
    shop = make_shop()
    for _ in range(TRIALS):
        visit = make_visit(shop, aki)
        results = race(judge(visit, mori, Move.APPROVE), judge(visit, rin, Move.REJECT))
        assert [type(result) for result in results].count(Stale) == 1
        decision = Decision.objects.get(visit=visit)
        assert Visit.objects.get(pk=visit.pk).state == decision.to_state
        told = AuditEvent.objects.filter(subject_id=str(visit.uuid)).exclude(kind="visit_submitted")
        assert told.count() == 1


def test_approval_and_withdrawal_make_one_move(aki: User, mori: User) -> None:
    shop = make_shop()
    for _ in range(TRIALS):
        visit = make_visit(shop, aki)
        own = Visit.objects.get(pk=visit.pk)
        results = race(
            judge(visit, mori, Move.APPROVE),
            partial(visits.withdraw_visit, visit=own, by=aki, at=NOON),
        )
        assert [type(result) for result in results].count(Stale) == 1
        assert Decision.objects.filter(visit=visit).count() == 1


def test_many_approved_by_rule_while_a_moderator_judges_them(aki: User, mori: User) -> None:
    """One decision each, whoever was quicker; the moderator goes from the last to the first."""
    shop = make_shop()
    made = [make_visit(shop, aki) for _ in range(TRIALS)]
    told = []

    def judging() -> None:
        for act in [judge(visit, mori, Move.REJECT) for visit in reversed(made)]:
            try:
                act()
            except Stale as refusal:
                told.append(refusal)

    revisions = dict.fromkeys([visit.pk for visit in made], 1)
    _judged, by_rule = race(judging, partial(screen.approve_by_rule, revisions=revisions, at=NOON))
    assert len(told) == by_rule
    decisions = dict(Decision.objects.values_list("visit_id", "to_state"))
    assert dict(Visit.objects.values_list("pk", "state")) == decisions
    assert Decision.objects.count() == TRIALS
    kinds = AuditEvent.objects.values_list("kind", flat=True)
    assert kinds.filter(kind="visit_approved").count() == by_rule
    assert (kinds.count(), log.breaks()) == (2 * TRIALS, [])


def test_the_same_entry_sent_twice_at_once_is_one_visit(aki: User) -> None:
    shop = make_shop()
    for _ in range(TRIALS):
        entry = make_entry(shop)
        first, second = race(*[partial(visits.submit_visit, entry=entry, by=aki, at=NOON)] * 2)
        assert first == second
    assert Visit.objects.count() == TRIALS
