"""A thousand races of each kind at the desk; they run on PostgreSQL.

One winner, one decision, one row of the log; the slower one is told who decided first.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from tests.factories import NOON, make_entry, make_shop, make_user
from tests.tiers import tries
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.audit import log
from tracker.audit.models import AuditEvent
from tracker.errors import Stale
from tracker.fieldwork.actions import create_visits
from tracker.fieldwork.entry import Corrected
from tracker.fieldwork.models import Visit, VisitRevision
from tracker.fieldwork.states import VisitState
from tracker.moderation import leases
from tracker.moderation.kinds import Reason
from tracker.moderation.models import Correction, Decision, Lease
from tracker.moderation.queries import waiting_for
from tracker.moderation.transitions import Move
from tracker.outbox import actions as outbox
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait
from tracker.workflows.counting import counts
from tracker.workflows.entries import visits
from tracker.workflows.judging import corrections, moderate

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = tries(quick=0, test=100, whole=1_000)
Act = Callable[[], object]
PATIENCE = 60  # seconds for one round


@pytest.fixture(autouse=True)
def _no_notifying(monkeypatch: pytest.MonkeyPatch) -> None:
    """No broker is there to be notified: looking for one would take most of the time."""
    monkeypatch.setattr(outbox, "notify_worker", lambda message_id: None)


@pytest.fixture(autouse=True)
def _quick_turns() -> Iterator[None]:
    """Threads change over ten times as often, so that the two sides are mixed more finely."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(before / 10)
    yield
    sys.setswitchinterval(before)


def races(*sides: Sequence[Act]) -> list[tuple[object, ...]]:
    """Run the acts of each round at the same moment, each side on a connection it keeps.

    What each gave, or the Stale that it was told.
    """
    barrier = Barrier(len(sides), timeout=PATIENCE)

    def run(acts: Sequence[Act]) -> list[object]:
        results: list[object] = []
        try:
            with connection.cursor() as cursor:  # locks are tried here, not the disk
                cursor.execute("SET synchronous_commit TO off")
            for act in acts:
                barrier.wait()
                try:
                    results.append(act())
                except Stale as refusal:
                    results.append(refusal)
        except BaseException:
            barrier.abort()  # or the other side waits for ever
            raise
        finally:
            connection.close()
        return results

    with ThreadPoolExecutor(len(sides)) as pool:
        return list(zip(*pool.map(run, sides), strict=True))


def waiting(worker: User, shops: Sequence[Shop], number: int = ROUNDS) -> list[Visit]:
    """So many submitted visits with their first revision, spread over the shops."""
    entries = [make_entry(shops[n % len(shops)]) for n in range(number)]
    return create_visits(entries=entries, by=worker, at=NOON)


def judging(made: Sequence[Visit], by: User, move: Move = Move.APPROVE) -> list[Act]:
    reasons = [] if move == Move.APPROVE else [Reason.DUPLICATE.value]
    return [
        partial(
            moderate.decide, visit=visit, revision=1, move=move, reasons=reasons, note="", by=by,
            at=NOON,
        )
        for visit in Visit.objects.order_by("pk").filter(pk__in=[visit.pk for visit in made])
    ]  # fmt: skip


def told(results: Sequence[tuple[object, ...]]) -> int:
    """In how many rounds exactly one was told that it was too late."""
    return sum([type(result) for result in round_].count(Stale) == 1 for round_ in results)


def check_log(rows: int) -> None:
    """So many acts were written down, and the chain holds."""
    assert AuditEvent.objects.count() == rows
    assert log.breaks() == []


def test_two_moderators(aki: User, mori: User, rin: User) -> None:
    made = waiting(aki, [make_shop()])
    results = races(judging(made, mori), judging(made, rin, Move.REJECT))
    assert told(results) == ROUNDS
    decisions = dict(Decision.objects.values_list("visit_id", "to_state"))
    assert dict(Visit.objects.values_list("pk", "state")) == decisions
    assert Decision.objects.count() == ROUNDS
    check_log(ROUNDS)
    assert all("decided first" in str(r) for round_ in results for r in round_ if type(r) is Stale)


def test_approval_against_withdrawal(aki: User, mori: User) -> None:
    made = waiting(aki, [make_shop()])
    taking_back = [partial(visits.withdraw_visit, visit=visit, by=aki, at=NOON) for visit in made]
    assert told(races(judging(made, mori), taking_back)) == ROUNDS
    decisions = dict(Decision.objects.values_list("visit_id", "to_state"))
    assert dict(Visit.objects.values_list("pk", "state")) == decisions
    assert Decision.objects.count() == ROUNDS
    check_log(ROUNDS)


def check_what_was_approved_was_seen() -> None:
    """Approved is the content of the first revision, waiting that of the second."""
    approved = Visit.objects.filter(state=VisitState.APPROVED)
    assert set(approved.values_list("revision", "alipay")) <= {(1, "yes")}
    mended = Visit.objects.filter(state=VisitState.SUBMITTED)
    assert set(mended.values_list("revision", "alipay")) <= {(2, "no")}
    assert approved.count() == Decision.objects.count()


def test_approval_against_a_new_revision_by_the_worker(aki: User, mori: User) -> None:
    """Whoever is second is told; what was approved is the content that was seen."""
    shop = make_shop()
    made = waiting(aki, [shop])
    mending = [
        partial(
            visits.edit_visit, visit=visit, by=aki, at=NOON,
            entry=make_entry(shop, uuid=visit.uuid, alipay=Answer.NO),
        )
        for visit in made
    ]  # fmt: skip
    assert told(races(judging(made, mori), mending)) == ROUNDS
    assert VisitRevision.objects.filter(number=2).count() + Decision.objects.count() == ROUNDS
    check_what_was_approved_was_seen()
    check_log(ROUNDS)


def test_approval_against_a_correction_by_another(aki: User, mori: User, rin: User) -> None:
    made = waiting(aki, [make_shop()], number=ROUNDS // 5)
    no = dict.fromkeys(Trait, Answer.NO)
    corrected = Corrected(outcome=Outcome.ANSWERED, answers=no, routes=())
    mending = [
        partial(moderate.correct_visit, visit=visit, revision=1, corrected=corrected,
            reasons=[Reason.CONTRADICTS_PHOTO.value], note="", by=rin, at=NOON)
        for visit in made
    ]  # fmt: skip
    assert told(races(judging(made, mori), mending)) == len(made)
    assert Decision.objects.count() + Correction.objects.count() == len(made)
    check_what_was_approved_was_seen()
    check_log(len(made))


def test_approval_against_a_merge_of_its_shop(aki: User, mori: User, rin: User) -> None:
    """Both happen, in whatever order: the visit counts for the shop that stays."""
    survivor = make_shop("残る店")
    shops = Shop.objects.bulk_create(
        Shop(
            name=f"店{n}", segment=survivor.segment, lat_e7=survivor.lat_e7,
            lon_e7=survivor.lon_e7, grid125=survivor.grid125, city_id="13100", ward_id="13102",
            ward_source=survivor.ward_source, created_at=NOON,
        )
        for n in range(ROUNDS)
    )  # fmt: skip
    made = waiting(aki, shops)
    merging = [
        partial(corrections.merge_shops, shop_id=shop.pk, into_id=survivor.pk, by=rin, at=NOON)
        for shop in shops
    ]
    results = races(judging(made, mori), merging)
    assert [type(result) for round_ in results for result in round_].count(Stale) == 0
    assert Decision.objects.count() == ROUNDS
    assert Shop.objects.filter(merged_into=survivor).count() == ROUNDS
    check_log(2 * ROUNDS)
    counts.refresh_shops(shop_ids=[survivor.pk, *(shop.pk for shop in shops)], at=NOON)
    assert counts.verify().differences == []


def test_undo_against_sending_again_and_against_reopening(aki: User, mori: User) -> None:
    """A decision is taken back once, or somebody has acted on it: never both."""
    made = waiting(aki, [make_shop()], number=ROUNDS // 5)
    for act in judging(made, mori, Move.REJECT):
        act()
    decisions = list(Decision.objects.select_related("visit").order_by("pk"))
    sora = make_user("sora2", Role.ADMIN)
    # Each on its own, oldest last, so that all are among the last twenty when it is their turn.
    batches = [decisions[n : n + 20] for n in range(0, len(decisions), 20)]
    for batch in reversed(batches):
        later = NOON + timedelta(days=1)
        Decision.objects.filter(pk__in=[d.pk for d in batch]).update(at=later)
        undoing = [partial(moderate.undo, decision=d, by=mori, at=NOON) for d in batch]
        reopening = [
            partial(
                moderate.reopen, visit=Visit.objects.get(pk=d.visit_id), note="", by=sora, at=NOON
            )
            for d in batch
        ]
        assert told(races(undoing, reopening)) == len(batch)
        Decision.objects.filter(pk__in=[d.pk for d in batch]).update(at=NOON)
    assert set(Visit.objects.values_list("state", "revision")) == {("submitted", 2)}
    assert Decision.objects.count() == 2 * len(made)
    check_log(2 * len(made))


def test_desks_filled_at_once_share_nothing(aki: User) -> None:
    """Four moderators open the queue again and again: no entry lies on two desks."""
    waiting(aki, [make_shop()], number=200)
    people = [make_user(f"desk{n}", Role.MODERATOR) for n in range(4)]
    rounds = 50

    def opening(person: User) -> list[Act]:
        return [
            partial(
                leases.take_leases, among=waiting_for(person), by=person,
                at=NOON + timedelta(minutes=11 * n),  # what was taken before has run out
            )
            for n in range(rounds)
        ]  # fmt: skip

    for desks in races(*(opening(person) for person in people)):
        taken = [pk for desk in desks for pk in desk]  # type: ignore[attr-defined]
        assert len(taken) == len(set(taken))
    assert Lease.objects.count() <= 200
