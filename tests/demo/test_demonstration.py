"""Invented data: through the real workflows, said everywhere, refused beside real shops."""

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.factories import make_shop
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent
from tracker.demo.demonstration import Plan, load
from tracker.errors import Refused
from tracker.fieldwork.models import Visit
from tracker.places.kinds import WardSource
from tracker.places.models import Shop
from tracker.workflows.counting import counts
from tracker.workflows.people import people

pytestmark = [pytest.mark.django_db, pytest.mark.slow(2)]


def invent(shops: int = 12) -> int:
    plan = Plan(shops=shops, months=14, seed=3, at=timezone.now())
    return load(plan=plan, progress=lambda done, total: None)


def test_invented_visits_have_decisions_a_log_and_true_counts() -> None:
    made = invent()
    assert Visit.objects.count() == made > 20
    assert AuditEvent.objects.filter(kind="visit_submitted").count() == made
    verdict = counts.verify()
    assert (verdict.differences, verdict.waiting) == ([], 0)


def test_invented_shops_stand_in_real_wards() -> None:
    invent()
    assert Shop.objects.exclude(ward=None).count() == 12
    known = {WardSource.POINT_TABLE, WardSource.SQUARE}
    assert set(Shop.objects.values_list("ward_source", flat=True)) <= known


def test_every_page_and_file_says_that_they_are_invented(client: Client) -> None:
    assert "invented" not in client.get("/").content.decode()
    invent()
    assert "these shops and visits are invented" in client.get("/").content.decode()
    assert "Demo data. Do not cite." in client.get("/map.svg").content.decode()
    file = client.get("/data/adoption.csv")
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].endswith(",note")
    assert all(line.endswith("Demo data. Do not cite.") for line in lines[1:])


def test_nothing_is_invented_beside_real_shops() -> None:
    make_shop()
    with pytest.raises(Refused):
        invent()
    assert Shop.objects.count() == 1


def test_production_knows_no_invented_people_and_data(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="refused in production"):
        call_command("demo")
    with pytest.raises(Refused):
        people.demo_person(role=Role.ADMIN, at=timezone.now())


@pytest.mark.parametrize(
    ("demo", "address", "status"),
    [(True, "127.0.0.1", 302), (True, "192.0.2.7", 404), (False, "127.0.0.1", 404)],
)
def test_the_role_chooser_opens_on_this_machine_in_demonstration_only(
    client: Client, settings: LazySettings, demo: bool, address: str, status: int
) -> None:
    settings.DEMO = demo
    answer = client.post("/accounts/demo/", {"role": "admin"}, REMOTE_ADDR=address)
    assert answer.status_code == status
    assert ("_auth_user_id" in client.session) == (status == 302)
