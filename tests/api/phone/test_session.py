"""Who is signed in, the key that phones seal with, and what they get back opened."""

import base64
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.phone import Phone, sealed_for_server
from tracker.accounts.models import User
from tracker.fieldwork.sealing import key_id_of

pytestmark = pytest.mark.django_db
PATH = "/api/v1/field/session"
VISIT = "0198c0de-0000-4000-8000-000000000001"


def test_a_stranger_learns_the_key_and_nothing_about_anybody(client: Client, aki: User) -> None:
    answer = client.get(PATH)
    said = answer.json()
    assert answer["Cache-Control"] == "no-store"
    assert (said["signed_in"], said["person"], said["may_log"]) == (False, None, False)
    point = base64.b64decode(said["key"]["point"])
    assert (len(point), point[0]) == (65, 4)
    assert said["key"]["id"] == key_id_of(point).hex()
    assert len(said["version"]) == 16
    assert said["server_time"].endswith("Z")


@pytest.mark.parametrize(("name", "may_log"), [("aki", True), ("mori", False), ("dana", False)])
def test_a_person_is_told_who_they_are(
    client: Client, request: pytest.FixtureRequest, name: str, may_log: bool
) -> None:
    person = request.getfixturevalue(name)
    client.force_login(person)
    said = client.get(PATH).json()
    assert said["person"] == {"id": person.pk, "name": name}
    assert (said["signed_in"], said["may_log"]) == (True, may_log)


def test_a_closed_account_is_a_stranger(client: Client, aki: User) -> None:
    client.force_login(aki)
    User.objects.update(is_active=False)
    assert client.get(PATH).json()["signed_in"] is False
    batch = client.post("/api/v1/visits/batch", "{}", content_type="application/json")
    assert batch.status_code == 401


def test_production_without_a_key_says_so_and_goes_on(
    client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.PRODUCTION = True
    assert client.get(PATH).json()["key"] is None
    assert not (tmp_path / "seal_keys").exists()


def opened(person: User, context: str, sealed: bytes) -> tuple[int, dict[str, str]]:
    answer = Phone(person).post(
        "/api/v1/field/open",
        {"context": context, "sealed": base64.b64encode(sealed).decode()},
    )
    return answer.status_code, answer.json()


def test_what_was_sealed_goes_back_to_its_owner_alone(aki: User, ben: User, mori: User) -> None:
    draft = "下書き".encode() * 400_000  # with photos in it: larger than a form may be
    context = f"draft:{uuid4()}:{aki.pk}"
    sealed = sealed_for_server(draft, context)
    status, said = opened(aki, context, sealed)
    assert (status, base64.b64decode(said["data"])) == (200, draft)
    assert opened(ben, context, sealed)[0] == 403
    assert opened(mori, context, sealed)[0] == 403
    own = context.replace(f":{aki.pk}", f":{ben.pk}")
    assert opened(ben, own, sealed)[0] == 400


@pytest.mark.parametrize(
    "context", ["", "draft", "draft:x:1", f"other:{VISIT}:1", f"entry:{VISIT}:1", "\ud800"]
)
def test_a_context_that_names_nothing_is_a_problem(aki: User, context: str) -> None:
    status, said = opened(aki, context, b"NRS1")
    assert (status, said["field"]) == (400, "context")
