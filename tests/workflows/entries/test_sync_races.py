"""Phones and moderators at the same moment; only a database with several writers shows these."""

import hashlib
from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.factories import NOON, make_shop
from tests.phone import Doc, batch_of, doc_of, item_of, new_shop, sign
from tests.workflows.entries.test_races import judge, race
from tracker.accounts.models import User
from tracker.audit import log
from tracker.audit.models import AuditEvent
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.fieldwork.parked import ParkedEntry, ParkedPhoto
from tracker.fieldwork.pictures.parts import PhotoPart
from tracker.fieldwork.seal_keys import phones_key
from tracker.fieldwork.sync.answers import ItemAnswer
from tracker.fieldwork.sync.batches import read_batch
from tracker.moderation.models import Decision
from tracker.moderation.transitions import Move
from tracker.places.models import Shop
from tracker.workflows import dispatch
from tracker.workflows.entries import sync, uploads

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TRIALS = 20


def sender(by: User, *docs: Doc) -> Callable[[], list[ItemAnswer]]:
    batch = read_batch(batch_of(*map(item_of, docs)), at=NOON)
    return partial(sync.receive, batch=batch, by=by, at=NOON)


def putter(by: User, visit: str, photo: bytes) -> Callable[[], object]:
    part = PhotoPart(by.pk, UUID(visit), hashlib.sha256(photo).hexdigest(), False, len(photo))
    return lambda: uploads.add_piece(part=part, offset=0, piece=photo, by=by, at=NOON)


def said(results: list[object]) -> list[list[str]]:
    return [[answer.status.value for answer in result] for result in results]  # type: ignore[attr-defined]


def test_ten_replays_at_once_store_each_entry_once(aki: User) -> None:
    phones_key()
    shop = make_shop()
    for _ in range(TRIALS // 2):
        docs = [doc_of(aki, shop) for _ in range(5)]
        results = race(*[sender(aki, *docs)] * 10)
        assert sorted(said(results)) == [["created"] * 5] + [["replayed"] * 5] * 9
        receipts = [[answer.as_json()["receipt"] for answer in result] for result in results]  # type: ignore[attr-defined]
        assert receipts == [receipts[0]] * 10
        assert said([sender(aki, *docs)() for _ in range(10)]) == [["replayed"] * 5] * 10
    assert Visit.objects.count() == VisitRevision.objects.count() == 5 * (TRIALS // 2)
    assert AuditEvent.objects.filter(kind="visit_submitted").count() == Visit.objects.count()
    assert log.breaks() == []


def test_batches_that_overlap_in_other_orders_never_deadlock(aki: User) -> None:
    shop = make_shop()
    for _ in range(TRIALS):
        docs = [doc_of(aki, shop) for _ in range(6)]
        results = race(sender(aki, *docs), sender(aki, *reversed(docs)), sender(aki, *docs[2:]))
        stored = [answer for result in results for answer in result]  # type: ignore[attr-defined]
        assert {answer.status.value for answer in stored} <= {"created", "replayed"}
        assert [answer.status.value for answer in stored].count("created") == 6


def test_a_mend_and_an_approval_make_one_of_the_two(aki: User, mori: User) -> None:
    shop, winners = make_shop(), set()
    for _ in range(TRIALS):
        doc = doc_of(aki, shop)
        sender(aki, doc)()
        visit = Visit.objects.get(uuid=doc["uuid"])
        mended, judged = race(sender(aki, doc | {"revision": 2}), judge(visit, mori, Move.APPROVE))
        status = said([mended])[0][0]
        visit.refresh_from_db()
        decisions = Decision.objects.filter(visit=visit).count()
        if isinstance(judged, Decision):
            assert (status, visit.state, visit.revision, decisions) == (
                "conflict",
                "approved",
                1,
                1,
            )
        else:  # the moderator was told
            assert (status, visit.state, visit.revision, decisions) == (
                "created",
                "submitted",
                2,
                0,
            )
        assert visit.revisions.count() == visit.revision
        winners.add(status)
    assert winners <= {"created", "conflict"}


def test_two_mends_of_one_revision_make_one(aki: User) -> None:
    shop = make_shop()
    for _ in range(TRIALS):
        doc = doc_of(aki, shop)
        sender(aki, doc)()
        mends = [sender(aki, doc | {"revision": 2, "note": note}) for note in ("a", "b")]
        assert sorted(said(race(*mends))) == [["conflict"], ["created"]]
        same = sender(aki, doc | {"revision": 3})
        assert sorted(said(race(same, same))) == [["created"], ["replayed"]]


def test_an_entry_its_mend_and_its_photo_never_miss_each_other(aki: User) -> None:
    shop = make_shop()
    for number in range(TRIALS):
        doc = doc_of(aki, shop)
        race(
            sender(aki, doc),
            sender(aki, doc | {"revision": 2, "note": "b"}),
            putter(aki, doc["uuid"], sign(number)),
            sender(aki, doc | {"revision": 3, "note": "c"}),
        )
        visit = Visit.objects.get(uuid=doc["uuid"])
        assert (visit.revision, visit.note, visit.photos.count()) == (3, "c", 1)
    assert (ParkedEntry.objects.count(), ParkedPhoto.objects.count()) == (0, 0)
    assert log.breaks() == []


def test_a_new_shop_of_two_people_is_one_and_what_waits_for_it_comes(aki: User, ben: User) -> None:
    for _ in range(TRIALS):
        shop = uuid4()
        docs = [doc_of(aki, shop, new_shop=new_shop()), doc_of(ben, shop, new_shop=new_shop())]
        waiting = [doc_of(aki, shop), doc_of(ben, shop)]
        race(
            sender(aki, docs[0]), sender(ben, docs[1]), sender(aki, waiting[0]),
            sender(ben, waiting[1]),
        )  # fmt: skip
        dispatch.sweep(at=NOON)
        assert Visit.objects.filter(shop__uuid=shop).count() == 4
    assert (Shop.objects.count(), ParkedEntry.objects.count()) == (TRIALS, 0)


def test_the_same_photo_ten_times_at_once_is_one(aki: User) -> None:
    shop = make_shop()
    for number in range(TRIALS // 2):
        doc = doc_of(aki, shop)
        sender(aki, doc)()
        photo = sign(number)
        results = race(*[putter(aki, doc["uuid"], photo)] * 10)
        assert [getattr(result, "state", result) for result in results] == ["kept"] * 10
        assert [getattr(result, "is_new", False) for result in results].count(True) == 1
    assert Photo.objects.count() == TRIALS // 2


@pytest.mark.parametrize("has_entry", [True, False])
def test_nine_photos_at_once_leave_eight(aki: User, has_entry: bool) -> None:
    shop = make_shop()
    for _ in range(4):
        doc = doc_of(aki, shop)
        if has_entry:
            sender(aki, doc)()
        results = race(*[putter(aki, doc["uuid"], sign(number)) for number in range(9)])
        states = [getattr(result, "state", type(result).__name__) for result in results]
        assert sorted(set(states)) == sorted(["Stale", "kept" if has_entry else "held"])
        assert states.count("Stale") == 1
