"""The desk: what waits, what was known before, one decision."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import NOON, make_approved, make_shop, make_visit
from tests.fieldwork.pictures.test_photos import picture
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.models import Decision
from tracker.workflows.entries import photos

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def desk(client: Client, mori: User) -> Client:
    client.force_login(mori)
    return client


def test_the_queue_shows_what_waits_oldest_first(desk: Client, aki: User) -> None:
    newer = make_visit(make_shop("新しい店"), aki, at=timezone.now())
    older = make_visit(make_shop("古い店"), aki)
    page = desk.get("/desk/").content.decode()
    assert "<b>2</b> waiting" in page
    assert page.index(str(older.uuid)) < page.index(str(newer.uuid))


def test_an_empty_queue_says_so(desk: Client) -> None:
    assert "No entries are waiting." in desk.get("/desk/").content.decode()


def test_a_moderator_sees_the_earlier_visits_of_the_shop(
    desk: Client, aki: User, rin: User
) -> None:
    shop = make_shop()
    make_approved(shop, aki, rin)
    visit = make_visit(shop, aki, at=timezone.now())
    page = desk.get(f"/desk/{visit.uuid}/").content.decode()
    assert "Earlier visits to this shop" in page
    assert "This is the first visit." not in page


def test_approval_goes_on_to_the_next_entry(desk: Client, aki: User) -> None:
    first, second = make_visit(make_shop("一"), aki), make_visit(make_shop("二"), aki)
    answer = desk.post(f"/desk/{first.uuid}/decide", {"revision": 1, "move": "approve"})
    assert answer["Location"] == f"/desk/{second.uuid}/"
    first.refresh_from_db()
    assert first.state == VisitState.APPROVED


def test_sending_back_without_a_reason_is_refused_and_the_note_stays(
    desk: Client, aki: User
) -> None:
    visit = make_visit(make_shop(), aki)
    form = {"revision": 1, "move": "return", "note": "もう一度"}
    answer = desk.post(f"/desk/{visit.uuid}/decide", form)
    assert answer.status_code == 400
    assert "Choose at least one reason" in answer.content.decode()
    assert "もう一度" in answer.content.decode()
    assert Decision.objects.count() == 0


def test_the_second_moderator_is_told_who_was_quicker(
    desk: Client, client: Client, aki: User, rin: User
) -> None:
    visit = make_visit(make_shop(), aki)
    desk.post(f"/desk/{visit.uuid}/decide", {"revision": 1, "move": "approve"})
    client.force_login(rin)
    answer = client.post(
        f"/desk/{visit.uuid}/decide", {"revision": 1, "move": "reject", "reasons": ["duplicate"]}
    )
    assert answer.status_code == 409
    assert "mori" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_an_own_entry_has_no_buttons_and_is_refused(client: Client, aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    aki.role = Role.MODERATOR
    aki.save()
    client.force_login(aki)
    page = client.get(f"/desk/{visit.uuid}/").content.decode()
    assert "Another moderator must decide" in page
    assert 'value="approve"' not in page
    answer = client.post(f"/desk/{visit.uuid}/decide", {"revision": 1, "move": "approve"})
    assert answer.status_code == 403
    assert Visit.objects.get().state == VisitState.SUBMITTED


def test_an_admin_opens_a_decided_entry_again(
    client: Client, aki: User, mori: User, sora: User
) -> None:
    visit = make_approved(make_shop(), aki, mori)
    client.force_login(sora)
    assert "Reopen" in client.get(f"/desk/{visit.uuid}/").content.decode()
    client.post(f"/desk/{visit.uuid}/reopen", {"note": "写真が別の店"})
    visit.refresh_from_db()
    assert (visit.state, visit.revision) == (VisitState.SUBMITTED, 2)


def test_opening_again_needs_a_reason(client: Client, aki: User, mori: User, sora: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    client.force_login(sora)
    client.post(f"/desk/{visit.uuid}/reopen", {"note": ""})
    visit.refresh_from_db()
    assert visit.state == VisitState.APPROVED


@pytest.mark.parametrize(("person", "status"), [("aki", 200), ("mori", 200), ("sora", 200),
                                                 ("ben", 404), ("dana", 403)])  # fmt: skip
def test_a_photo_is_shown_to_its_worker_and_to_the_desk(
    client: Client, aki: User, request: pytest.FixtureRequest, person: str, status: int
) -> None:
    visit = make_visit(make_shop(), aki)
    photo = photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    client.force_login(request.getfixturevalue(person))
    if status == 200:
        assert client.get(f"/field/photos/{photo.uuid}/small").status_code == 404  # not ready
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    answer = client.get(f"/field/photos/{photo.uuid}/small")
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Type"] == "image/jpeg"
        assert client.get(f"/field/photos/{photo.uuid}/original").status_code == 404


def test_filters_live_in_the_url_and_wrong_ones_are_refused(desk: Client, aki: User) -> None:
    make_visit(make_shop(), aki)
    assert "千歳屋" in desk.get("/desk/", {"city": "13100"}).content.decode()
    assert "千歳屋" not in desk.get("/desk/", {"city": "27100"}).content.decode()
    assert desk.get("/desk/", {"state": "lost"}).status_code == 400


def test_the_next_page_keeps_the_filters(desk: Client, aki: User) -> None:
    shop = make_shop()
    for _ in range(21):
        make_visit(shop, aki)
    page = desk.get("/desk/?leases=all&city=13100").content.decode()
    assert 'href="?leases=all&amp;city=13100&amp;page=2"' in page
    last = desk.get("/desk/?leases=all&city=13100&page=2").content.decode()
    assert last.count('class="line state-submitted"') == 1
