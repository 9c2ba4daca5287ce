"""Areas on a person's page: seen by those who see the work, changed by administrators."""

import pytest
from django.test import Client

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.fieldwork.assignments import area_codes_of
from tracker.places.atlas.cities import City
from tracker.web.team.area_views import area_choices
from tracker.workflows.people.assignments import assign_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, sora: User) -> Client:
    client.force_login(sora)
    return client


def page_of(client: Client, person: User) -> str:
    return client.get(f"/team/{person.pk}/", headers={"accept-language": "en"}).content.decode()


def test_an_admin_adds_an_area_and_takes_it_away(admin: Client, aki: User) -> None:
    assert "No assigned areas" in page_of(admin, aki)
    answer = admin.post(f"/team/{aki.pk}/assign", {"area": "13102"})
    assert answer["Location"] == f"/team/{aki.pk}/"
    page = page_of(admin, aki)
    assert "Area assigned." in page
    assert "Chuo Ward</span> <button" in page
    admin.post(f"/team/{aki.pk}/unassign", {"area": "13102"})
    assert "Area unassigned." in page_of(admin, aki)
    assert area_codes_of(aki) == []


def test_what_is_so_already_is_said_and_nothing_more(admin: Client, aki: User) -> None:
    for _time in range(2):
        admin.post(f"/team/{aki.pk}/assign", {"area": "27100"})
    assert "This area is already assigned." in page_of(admin, aki)
    admin.post(f"/team/{aki.pk}/unassign", {"area": "13102"})
    assert "This area was not assigned." in page_of(admin, aki)
    assert area_codes_of(aki) == ["27100"]


@pytest.mark.parametrize("act", ["assign", "unassign"])
def test_what_is_no_area_gets_a_sentence(admin: Client, aki: User, act: str) -> None:
    for form in ({}, {"area": "99999"}):
        answer = admin.post(f"/team/{aki.pk}/{act}", form)
        assert answer.status_code == 400
        assert "Choose a ward or a city from the list." in answer.content.decode()


@pytest.mark.parametrize("viewer", ["aki", "mori"])
def test_others_who_see_the_work_see_the_areas_and_cannot_change_them(
    client: Client, request: pytest.FixtureRequest, aki: User, sora: User, viewer: str
) -> None:
    assign_area(person=aki, code="13102", by=sora, at=NOON)
    client.force_login(request.getfixturevalue(viewer))
    page = page_of(client, aki)
    assert "<li>Chuo Ward</li>" in page
    assert "Add the area" not in page
    for act in ("assign", "unassign"):
        assert client.post(f"/team/{aki.pk}/{act}", {"area": "13102"}).status_code == 403
    assert area_codes_of(aki) == ["13102"]


def test_every_city_and_ward_can_be_chosen() -> None:
    choices = area_choices()
    assert [group[0][0] for _name, group in choices] == City.values
    assert [len(group) for _name, group in choices] == [24, 25, 12]
