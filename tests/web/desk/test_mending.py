"""Corrections, several at once, and what the worker reads of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_flag, make_photo, make_screening, make_shop, make_visit
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.models import Correction, Decision
from tracker.moderation.transitions import Move
from tracker.survey.answers import Answer
from tracker.workflows.judging import moderate

pytestmark = pytest.mark.django_db
MENDED = {
    "revision": 1, "outcome": "answered", "alipay": "yes", "wechat_pay": "no",
    "chinese_staff": "not_checked", "reasons": ["contradicts_photo"], "note": "",
}  # fmt: skip


@pytest.fixture
def desk(client: Client, mori: User) -> Client:
    client.force_login(mori)
    return client


def fit(visit: Visit) -> Visit:
    """Screened, unflagged, with a photo."""
    make_screening(visit)
    make_photo(visit)
    return visit


def offered(desk: Client) -> list[str]:
    """The signs of the entries that the page shows."""
    return re.findall(r'name="entry" value="([^"]+)"', desk.get("/desk/together/").content.decode())


def test_a_correction_is_told_ever_after(desk: Client, client: Client, aki: User) -> None:
    visit = make_visit(make_shop(), aki, alipay=Answer.NO)
    answer = desk.post(f"/desk/{visit.uuid}/correct", MENDED)
    assert answer.status_code == 302
    page = desk.get(f"/desk/{visit.uuid}/").content.decode()
    assert "Corrected by staff:</b> Alipay: No → Yes" in page
    client.force_login(aki)
    assert "Alipay: No → Yes" in client.get(f"/field/entries/{visit.uuid}/").content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reasons": []}, "Choose at least one reason"),
        ({"alipay": "no"}, "Nothing was changed."),
        ({"alipay": "perhaps"}, "Select a valid choice"),
        ({"outcome": "closed_today"}, "cannot have answers"),
    ],
)
def test_a_wrong_correction_says_why_and_keeps_what_was_chosen(
    desk: Client, aki: User, change: dict[str, object], sentence: str
) -> None:
    visit = make_visit(make_shop(), aki, alipay=Answer.NO)
    answer = desk.post(f"/desk/{visit.uuid}/correct", {**MENDED, "note": "印", **change})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "印" in answer.content.decode()
    assert Correction.objects.count() == 0


def test_a_correction_of_what_was_decided_meanwhile_is_refused(
    desk: Client, aki: User, rin: User
) -> None:
    visit = make_visit(make_shop(), aki, alipay=Answer.NO)
    moderate.decide(
        visit=visit, revision=1, move=Move.APPROVE, reasons=[], note="", by=rin, at=timezone.now()
    )
    answer = desk.post(f"/desk/{visit.uuid}/correct", MENDED)
    assert answer.status_code == 409
    assert "rin" in answer.content.decode()


def test_several_are_approved_each_as_a_decision_of_its_own(desk: Client, aki: User) -> None:
    shop = make_shop()
    several = [fit(make_visit(shop, aki)) for _ in range(3)]
    answer = desk.post("/desk/together/", {"entry": offered(desk)[:2]})
    assert "2 entries approved." in answer.content.decode()
    assert list(Decision.objects.values_list("how", flat=True)) == ["bulk", "bulk"]
    kinds = list(AuditEvent.objects.filter(kind="visit_approved").values_list("facts", flat=True))
    assert [facts["how"] for facts in kinds] == ["bulk", "bulk"]
    assert Visit.objects.filter(state=VisitState.SUBMITTED).get() == several[2]


def test_at_most_twenty_are_offered_and_taken(desk: Client, aki: User) -> None:
    shop = make_shop()
    for _ in range(21):
        fit(make_visit(shop, aki))
    first = offered(desk)
    assert len(first) == 20
    last = fit(make_visit(shop, aki))
    Visit.objects.exclude(pk=last.pk).update(state=VisitState.WITHDRAWN)
    answer = desk.post("/desk/together/", {"entry": [*first, *offered(desk)]})
    assert answer.status_code == 400
    assert "At most 20" in answer.content.decode()
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("flaw", ["flag", "photo", "screening", "waiting"])
def test_what_has_to_be_looked_at_by_itself_is_not_offered(
    desk: Client, aki: User, flaw: str
) -> None:
    visit = make_visit(make_shop(), aki)
    if flaw != "screening":
        make_screening(visit)
    if flaw != "photo":
        photo = make_photo(visit)
    if flaw == "flag":
        make_flag(visit)
    if flaw == "waiting":
        photo.state, photo.large_sha256, photo.small_sha256 = PhotoState.WAITING, "", ""
        photo.save()
    assert offered(desk) == []
    assert "No entry can be approved this way" in desk.get("/desk/together/").content.decode()


def test_one_that_cannot_be_approved_is_named_and_the_others_go(
    desk: Client, aki: User, rin: User
) -> None:
    shop = make_shop("速い店")
    flagged, taken, fine = (fit(make_visit(shop, aki)) for _ in range(3))
    signs = offered(desk)
    make_flag(flagged)
    moderate.decide(
        visit=taken, revision=1, move=Move.APPROVE, reasons=[], note="", by=rin, at=timezone.now()
    )
    page = desk.post("/desk/together/", {"entry": signs}).content.decode()
    assert "1 entry approved." in page
    assert "It is flagged. Review it individually." in page
    assert "rin decided first" in page
    assert Decision.objects.filter(how="bulk").get().visit == fine


@pytest.mark.parametrize("sign", ["", "made-up", "[]"])
def test_what_was_not_shown_is_not_approved(desk: Client, aki: User, sign: str) -> None:
    fit(make_visit(make_shop(), aki))
    assert desk.post("/desk/together/", {"entry": [sign]}).status_code == 400
    assert Decision.objects.count() == 0


def test_what_was_shown_to_another_is_not_approved(
    desk: Client, client: Client, aki: User, rin: User
) -> None:
    fit(make_visit(make_shop(), aki))
    signs = offered(desk)
    client.force_login(rin)
    assert client.post("/desk/together/", {"entry": signs}).status_code == 400
    assert Decision.objects.count() == 0


def test_the_worker_reads_the_reason_in_their_language_after_a_minute(
    client: Client, aki: User, mori: User
) -> None:
    visit = make_visit(make_shop(), aki)
    client.force_login(mori)
    page = client.get(f"/desk/{visit.uuid}/", headers={"Accept-Language": "en"}).content.decode()
    assert 'lang="ja">写真が判読できません' in page  # what aki will read
    form = {"revision": 1, "move": "return", "reasons": ["photo_unreadable"]}
    client.post(f"/desk/{visit.uuid}/decide", form)
    client.force_login(aki)
    japanese = {"Accept-Language": "ja"}
    for path in ("/field/entries/", f"/field/entries/{visit.uuid}/"):
        page = client.get(path, headers=japanese).content.decode()
        assert "写真が判読できません" not in page
        assert "審査待ち" in page
    Decision.objects.update(at=timezone.now() - timedelta(seconds=61))
    for path in ("/field/entries/", f"/field/entries/{visit.uuid}/"):
        assert "写真が判読できません" in client.get(path, headers=japanese).content.decode()
