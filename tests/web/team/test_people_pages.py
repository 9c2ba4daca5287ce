"""The team's pages: invitations by link, devices that can be signed out, accounts that close."""

import re

import pytest
from django.test import Client

from tracker.accounts.models import Device, User
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "kumo-no-ito-1927"


@pytest.fixture
def admin(client: Client, sora: User) -> Client:
    client.force_login(sora)
    return client


def test_an_admin_invites_and_the_person_comes_in(admin: Client) -> None:
    page = admin.post("/team/", {"username": "nao", "role": "moderator"}).content.decode()
    found = re.search(r"<code>http://testserver(/accounts/invitation/\S+)</code>", page)
    assert found
    assert found[1] not in admin.get("/team/").content.decode()  # shown once
    guest = Client()
    assert "Your account: nao (Moderator)." in guest.get(found[1]).content.decode()
    weak = guest.post(found[1], {"password": "short"})
    assert (weak.status_code, User.objects.filter(username="nao").exists()) == (400, False)
    answer = guest.post(found[1], {"password": PASSWORD})
    assert answer["Location"] == "/desk/"
    assert guest.get("/desk/").status_code == 200
    assert guest.get(found[1]).status_code == 404


def test_a_name_that_is_taken_gets_a_sentence(admin: Client, aki: User) -> None:
    answer = admin.post("/team/", {"username": "aki", "role": "moderator"})
    assert answer.status_code == 400
    assert "An account of this name already exists." in answer.content.decode()


def signed_in(person: User) -> Client:
    client = Client(headers={"User-Agent": "Pixel 7"})
    client.force_login(person)
    client.get("/desk/log/")
    return client


def test_a_lost_phone_is_signed_out_from_elsewhere(client: Client, aki: User) -> None:
    phone, laptop = signed_in(aki), signed_in(aki)
    lost = Device.objects.order_by("pk")[0]
    page = laptop.get(f"/team/{aki.pk}/").content.decode()
    assert page.count("Pixel 7") == 2
    laptop.post(f"/team/devices/{lost.pk}/end")
    assert phone.get("/field/").status_code == 302
    assert laptop.get("/field/").status_code == 200
    assert AuditEvent.objects.get(kind="device_ended").subject_id == str(aki.pk)
    assert laptop.post(f"/team/devices/{lost.pk}/end").status_code == 409


def test_signing_out_the_own_device_leads_to_the_door(aki: User) -> None:
    laptop = signed_in(aki)
    answer = laptop.post(f"/team/devices/{Device.objects.get().pk}/end")
    assert answer["Location"] == "/accounts/login/"


def test_a_device_of_somebody_else_is_not_there(aki: User, ben: User, sora: User) -> None:
    signed_in(aki)
    device = Device.objects.get()
    assert signed_in(ben).post(f"/team/devices/{device.pk}/end").status_code == 404
    assert signed_in(ben).get(f"/team/{aki.pk}/").status_code == 404
    assert signed_in(sora).post(f"/team/devices/{device.pk}/end").status_code == 302
    device.refresh_from_db()
    assert device.ended_at is not None


def test_a_device_is_written_down_once_in_a_while(aki: User) -> None:
    laptop = signed_in(aki)
    before = Device.objects.get().last_seen_at
    laptop.get("/field/")
    assert Device.objects.get().last_seen_at == before


def test_closing_an_account_signs_it_out_everywhere(admin: Client, aki: User) -> None:
    phone = signed_in(aki)
    admin.post(f"/team/{aki.pk}/close", {})
    assert phone.get("/field/").status_code == 302
    aki.refresh_from_db()
    assert not aki.is_active
    admin.post(f"/team/{aki.pk}/open")
    aki.refresh_from_db()
    assert aki.is_active


def test_a_role_is_changed_on_the_page_but_never_the_own(
    admin: Client, aki: User, sora: User
) -> None:
    admin.post(f"/team/{aki.pk}/role", {"role": "moderator"})
    aki.refresh_from_db()
    assert aki.role == Role.MODERATOR
    assert admin.post(f"/team/{aki.pk}/role", {"role": "owner"}).status_code == 302
    assert admin.post(f"/team/{sora.pk}/role", {"role": "analyst"}).status_code == 403
    sora.refresh_from_db()
    assert (aki.role, sora.role) == (Role.MODERATOR, Role.ADMIN)
