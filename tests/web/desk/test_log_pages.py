"""The log is read by entry and by person, and leaves Noren only on the log."""

import hashlib
import json
from itertools import pairwise

import pytest
from django.test import Client

from tests.factories import make_approved, make_shop
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def sora_client(client: Client, sora: User) -> Client:
    client.force_login(sora)
    return client


def test_an_admin_reads_by_entry_and_by_person(
    sora_client: Client, aki: User, ben: User, mori: User
) -> None:
    visit = make_approved(make_shop(), aki, mori)
    other = make_approved(make_shop(), ben, mori)
    by_entry = sora_client.get("/desk/log/", {"subject": str(visit.uuid)}).content.decode()
    assert by_entry.count("<code>visit_") == 2
    by_person = sora_client.get("/desk/log/", {"actor": "ben"}).content.decode()
    assert by_person.count("<code>visit_") == 1
    assert str(other.uuid) in by_person
    assert (
        sora_client.get("/desk/log/", {"since": "2027-01-01"})
        .content.decode()
        .count("<code>visit_")
        == 0
    )


def test_others_read_their_own_acts_only(client: Client, aki: User, ben: User, mori: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    client.force_login(ben)
    page = client.get("/desk/log/", {"actor": "aki"}).content.decode()
    assert "<code>visit_submitted" not in page
    assert "No actions match these filters." in page
    client.force_login(aki)
    page = client.get("/desk/log/").content.decode()
    assert page.count("<code>visit_submitted") == 1
    assert f'href="/field/entries/{visit.uuid}/"' in page


def test_a_date_that_is_none_gets_a_sentence(sora_client: Client) -> None:
    answer = sora_client.get("/desk/log/", {"since": "yesterday"})
    assert answer.status_code == 400
    assert "Enter a valid date." in answer.content.decode()


def test_the_file_holds_the_chain_and_taking_it_is_an_act(
    sora_client: Client, aki: User, mori: User
) -> None:
    make_approved(make_shop(), aki, mori)
    answer = sora_client.post("/desk/log/file")
    rows = [json.loads(line) for line in b"".join(answer).decode().splitlines()]
    assert rows[-1]["kind"] == "log_exported"
    assert rows[-1]["actor_name"] == "sora"
    for before, row in pairwise(rows):
        assert row["previous_digest"] == before["digest"]
        assert row["digest"] == digest_by_hand(row)


def digest_by_hand(row: dict[str, object]) -> str:
    """What docs/security.md tells a stranger to compute."""
    names = ("id", "previous_digest", "at", "kind", "actor_id", "actor_name", "subject_type")
    covered = [row[name] for name in (*names, "subject_id", "facts")]
    text = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("person", ["aki", "mori", "dana"])
def test_nobody_but_an_admin_takes_the_file(
    client: Client, request: pytest.FixtureRequest, person: str
) -> None:
    client.force_login(request.getfixturevalue(person))
    assert client.post("/desk/log/file").status_code == 403
    assert not AuditEvent.objects.filter(kind="log_exported").exists()


def test_the_old_address_of_the_log_leads_to_it(client: Client, sora: User) -> None:
    client.force_login(sora)
    answer = client.get("/desk/trail/?kind=rate_changed")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/log/?kind=rate_changed")
