"""An entry sent again, mended, taken back, or claimed by somebody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import make_shop
from tests.phone import Doc, Phone, batch_of, doc_of, item_of, new_shop, only
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.audit import log
from tracker.audit.models import AuditEvent
from tracker.fieldwork.models import Visit, VisitRevision
from tracker.fieldwork.parked import ParkedEntry
from tracker.fieldwork.states import VisitState
from tracker.moderation.transitions import Move
from tracker.workflows import dispatch
from tracker.workflows.judging import moderate

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(aki: User) -> Phone:
    return Phone(aki)


def changed(doc: Doc, **values: object) -> Doc:
    return item_of(doc | values)


def judge(mori: User, move: Move, revision: int = 1) -> None:
    reasons = [] if move == Move.APPROVE else ["incomplete"]
    moderate.decide(
        visit=Visit.objects.get(), revision=revision, move=move, reasons=reasons, note="",
        by=mori, at=timezone.now(),
    )  # fmt: skip


def test_the_same_revision_with_other_content_is_a_conflict(phone: Phone) -> None:
    doc = doc_of(phone.owner, make_shop())
    assert phone.statuses(item_of(doc)) == ["created"]
    answer = only(phone.send(changed(doc, note="anders")))
    assert (answer["status"], answer["receipt"]) == ("conflict", None)
    assert Visit.objects.get().note == "レジ横の青い看板"


def test_two_of_one_name_in_a_batch_are_one_entry_and_a_conflict(phone: Phone) -> None:
    doc = doc_of(phone.owner, make_shop())
    sent = [item_of(doc), item_of(doc), changed(doc, note="anders")]
    assert phone.statuses(*sent) == ["created", "replayed", "conflict"]
    assert VisitRevision.objects.count() == 1


def test_the_uuid_of_somebody_else_is_a_conflict_in_every_revision(phone: Phone, ben: User) -> None:
    doc = doc_of(ben, make_shop())
    assert Phone(ben).statuses(item_of(doc)) == ["created"]
    own = doc | {"owner": phone.owner.pk}
    sent = [item_of(own | {"revision": revision}) for revision in (1, 2, 3)]
    assert phone.statuses(*sent) == ["conflict"] * 3
    assert (Visit.objects.get().worker, ParkedEntry.objects.count()) == (ben, 0)


def test_what_somebody_else_holds_is_a_conflict_and_joins_nothing(phone: Phone, ben: User) -> None:
    doc = doc_of(phone.owner, make_shop())
    planted = item_of(doc | {"owner": ben.pk, "revision": 2, "note": "x"})
    assert Phone(ben).statuses(planted) == ["held"]
    assert phone.statuses(item_of(doc)) == ["created"]
    assert (Visit.objects.get().revision, ParkedEntry.objects.count()) == (1, 1)
    assert phone.statuses(changed(doc, revision=2)) == ["created"]


@pytest.mark.parametrize("sealed", [False, True])
def test_the_entry_of_somebody_else_is_refused(phone: Phone, ben: User, sealed: bool) -> None:
    item = item_of(doc_of(ben, make_shop()), sealed=sealed)
    answer = only(phone.send(item))
    assert (answer["status"], answer["error"]["field"]) == (
        "refused",
        "sealed" if sealed else "owner",
    )
    assert Visit.objects.count() == 0


def test_the_number_the_uuid_and_the_digest_must_be_those_of_the_item(phone: Phone) -> None:
    item = item_of(doc_of(phone.owner, make_shop()))
    wrong = [
        item | {"uuid": str(uuid4())},
        item | {"revision": 2},
        item | {"sha256": "0" * 64},
        item | {"sealed": "TlJTMQ=="},
        item | {"sealed": "!"},
    ]
    fields = [only(phone.send(item))["error"]["field"] for item in wrong]
    assert fields == ["uuid", "uuid", "sha256", "sealed", "sealed"]
    assert Visit.objects.count() == 0


def test_a_mend_before_the_judgement_makes_a_revision_and_no_decision(phone: Phone) -> None:
    shop, other = make_shop(), make_shop("別の店")
    doc = doc_of(phone.owner, shop)
    mend = doc | {"revision": 2, "shop": str(other.uuid), "note": "店が違った"}
    assert phone.statuses(item_of(doc), item_of(mend)) == ["created", "created"]
    visit = Visit.objects.get()
    assert (visit.revision, visit.state, visit.shop) == (2, VisitState.SUBMITTED, other)
    assert list(visit.decisions.all()) == []
    kinds = AuditEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["visit_submitted", "visit_edited"]
    assert log.breaks() == []


def test_a_returned_entry_is_sent_again(phone: Phone, mori: User) -> None:
    doc = doc_of(phone.owner, make_shop())
    phone.send(item_of(doc))
    judge(mori, Move.RETURN)
    assert phone.statuses(changed(doc, revision=2, note="もう一度")) == ["created"]
    visit = Visit.objects.get()
    assert (visit.state, visit.revision, visit.note) == (VisitState.SUBMITTED, 2, "もう一度")
    assert [row.to_state for row in visit.decisions.order_by("pk")] == ["returned", "submitted"]


@pytest.mark.parametrize("move", [Move.APPROVE, Move.REJECT])
def test_a_mend_of_a_decided_entry_is_a_conflict(phone: Phone, mori: User, move: Move) -> None:
    doc = doc_of(phone.owner, make_shop())
    phone.send(item_of(doc))
    judge(mori, move)
    sent = [changed(doc, revision=2, note="spät"), changed(doc, revision=3)]
    assert phone.statuses(*sent, item_of(doc)) == ["conflict", "conflict", "replayed"]
    assert (Visit.objects.get().revision, ParkedEntry.objects.count()) == (1, 0)


def test_a_mend_of_what_an_admin_opened_again_is_a_conflict(
    phone: Phone, mori: User, sora: User
) -> None:
    doc = doc_of(phone.owner, make_shop())
    phone.send(item_of(doc))
    judge(mori, Move.APPROVE)
    moderate.reopen(visit=Visit.objects.get(), note="", by=sora, at=timezone.now())
    assert phone.statuses(changed(doc, revision=2)) == ["conflict"]
    assert phone.statuses(changed(doc, revision=3)) == ["created"]


def test_an_entry_waits_for_its_shop_and_comes_when_somebody_adds_it(
    phone: Phone, ben: User
) -> None:
    shop = uuid4()
    doc = doc_of(phone.owner, shop)
    assert phone.statuses(item_of(doc)) == ["held"]
    assert phone.statuses(item_of(doc)) == ["held"]
    assert phone.statuses(changed(doc, note="anders")) == ["conflict"]
    Phone(ben).send(item_of(doc_of(ben, shop, new_shop=new_shop())))
    dispatch.sweep(at=timezone.now())
    visit = Visit.objects.get(uuid=doc["uuid"])
    assert (visit.worker, visit.shop.uuid) == (phone.owner, shop)
    assert ParkedEntry.objects.count() == 0
    assert phone.statuses(item_of(doc)) == ["replayed"]


def test_a_shop_elsewhere_refuses_its_entries_and_no_other(phone: Phone) -> None:
    sapporo = new_shop(lat_e7=430_600_000, lon_e7=1_413_500_000)
    far = item_of(doc_of(phone.owner, uuid4(), new_shop=sapporo))
    near = item_of(doc_of(phone.owner, make_shop()))
    answers = phone.send(far, near)
    assert [answer["status"] for answer in answers] == ["refused", "created"]
    assert answers[0]["error"]["field"] == "new_shop"
    assert "23 wards" in answers[0]["error"]["message"]


def test_a_role_that_changes_between_two_batches_stops_the_second(phone: Phone) -> None:
    shop = make_shop()
    first, second = (item_of(doc_of(phone.owner, shop)) for _ in range(2))
    phone.send(first)
    User.objects.filter(pk=phone.owner.pk).update(role=Role.ANALYST)
    answer = phone.post("/api/v1/visits/batch", batch_of(first, second))
    assert (answer.status_code, Visit.objects.count()) == (403, 1)
    User.objects.filter(pk=phone.owner.pk).update(role=Role.FIELDWORKER)
    assert phone.statuses(first, second) == ["replayed", "created"]


def test_what_only_the_phone_knows_is_kept(phone: Phone) -> None:
    photos = ["a" * 64, "b" * 64]
    doc = doc_of(
        phone.owner, make_shop(), notice="kept", no_photo="no_sign", photos=photos, offset_ms=None
    )
    phone.send(item_of(doc), sent_at=(timezone.now() - timedelta(hours=1)).isoformat())
    visit = Visit.objects.get()
    assert (visit.notice, visit.no_photo, visit.photos_declared) == ("kept", "no_sign", 2)
    assert (visit.filled_ms, visit.open_accuracy_m, visit.lat_e7) == (8200, 8, None)
    assert 3_599_000 <= (visit.clock_offset_ms or 0) <= 3_700_000
    assert visit.revisions.get().content["photos"] == photos


def test_messages_are_in_the_language_of_the_person(phone: Phone) -> None:
    phone.client.cookies["django_language"] = "ja"
    answer = only(phone.send(None))
    assert answer["error"]["message"] != ""
    assert not answer["error"]["message"].isascii()


def withdraw(phone: Phone, uuid: object) -> int:
    return int(phone.post(f"/api/v1/visits/{uuid}/withdraw", {}).status_code)


def test_an_own_entry_is_taken_back_once_and_again(phone: Phone, ben: User) -> None:
    doc = doc_of(phone.owner, make_shop())
    assert withdraw(phone, doc["uuid"]) == 404
    phone.send(item_of(doc))
    assert withdraw(Phone(ben), doc["uuid"]) == 404
    assert [withdraw(phone, doc["uuid"]) for _ in range(2)] == [200, 200]
    visit = Visit.objects.get()
    assert (visit.state, visit.decisions.count()) == (VisitState.WITHDRAWN, 1)
    assert phone.statuses(changed(doc, revision=2), item_of(doc)) == ["conflict", "replayed"]


def test_a_decided_entry_or_one_that_waits_for_its_shop_is_not_taken_back(
    phone: Phone, mori: User
) -> None:
    doc, waiting = doc_of(phone.owner, make_shop()), doc_of(phone.owner, uuid4())
    phone.send(item_of(doc), item_of(waiting))
    judge(mori, Move.APPROVE)
    assert [withdraw(phone, entry["uuid"]) for entry in (doc, waiting)] == [409, 409]
    problem = phone.post(f"/api/v1/visits/{doc['uuid']}/withdraw", {}).json()
    assert "has already been decided (Approved)" in problem["title"]
    assert Visit.objects.get().state == VisitState.APPROVED
