"""Single visits are taken by analysts and administrators, for a purpose, and it is on the log."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import NOON, add_visit, make_shop, make_user
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent
from tracker.errors import Absent, Conflict, Invalid, Refused
from tracker.jobs.models import Job
from tracker.jobs.states import JobState
from tracker.months import month_of
from tracker.outbox.models import OutboxMessage
from tracker.publication.extracts.models import Extract, ExtractKind
from tracker.publication.extracts.rows import ExtractFilter
from tracker.workflows.publishing import extracts
from tracker.workflows.publishing.extracts import ask_workbook, take_csv, take_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MARCH = month_of(NOON)
WANTED = ExtractFilter("13100", MARCH - 1, MARCH)
PURPOSE = "How often a shop changes its answer"
TAKERS: list[Callable[..., object]] = [take_csv, ask_workbook]


@pytest.mark.parametrize("take", TAKERS)
@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN])
def test_who_took_what_and_what_for_is_kept_and_on_the_log(
    take: Callable[..., object], role: Role
) -> None:
    person = make_user("kim", role)
    take(purpose=PURPOSE, wanted=WANTED, by=person, at=NOON)
    extract = Extract.objects.get()
    assert (extract.taken_by, extract.taken_at, extract.purpose) == (person, NOON, PURPOSE)
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert event.kind == ("extract_taken" if take is take_csv else "extract_asked")
    assert (event.actor_id, event.subject_id) == (person.pk, str(extract.uuid))
    assert event.facts == {
        "kind": extract.kind, "purpose": PURPOSE, "city": "13100",
        "first_month": "2026-02", "last_month": "2026-03",
    }  # fmt: skip


@pytest.mark.parametrize("take", TAKERS)
@pytest.mark.parametrize("role", [Role.FIELDWORKER, Role.MODERATOR])
def test_nobody_else_may(take: Callable[..., object], role: Role) -> None:
    with pytest.raises(Refused):
        take(purpose=PURPOSE, wanted=WANTED, by=make_user("kim", role), at=NOON)
    nothing_happened()


def nothing_happened() -> None:
    assert not Extract.objects.exists()
    assert not Job.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert not AuditEvent.objects.filter(kind__startswith="extract").exists()


@pytest.mark.parametrize("take", TAKERS)
@pytest.mark.parametrize(
    ("purpose", "wanted", "field"),
    [
        (" \n", WANTED, "purpose"),
        (PURPOSE, ExtractFilter("", MARCH, MARCH - 1), "first_month"),
        (PURPOSE, ExtractFilter("", MARCH, MARCH + 1), "last_month"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    dana: User, take: Callable[..., object], purpose: str, wanted: ExtractFilter, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        take(purpose=purpose, wanted=wanted, by=dana, at=NOON)
    assert refused.value.field == field
    nothing_happened()


def test_one_workbook_is_made_for_a_person_at_a_time(dana: User, sora: User) -> None:
    ask_workbook(purpose=PURPOSE, wanted=WANTED, by=dana, at=NOON)
    with pytest.raises(Conflict):
        ask_workbook(purpose=PURPOSE, wanted=WANTED, by=dana, at=NOON)
    ask_workbook(purpose=PURPOSE, wanted=WANTED, by=sora, at=NOON)
    assert Extract.objects.filter(kind=ExtractKind.WORKBOOK).count() == 2


def test_more_rows_than_a_sheet_has_room_for_are_refused(
    aki: User, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracts, "MOST_ROWS", 2)
    shop = make_shop()
    for _number in range(2):
        add_visit(shop, aki)
    assert ask_workbook(purpose=PURPOSE, wanted=WANTED, by=dana, at=NOON).job is not None
    Extract.objects.all().delete()
    add_visit(shop, aki)
    with pytest.raises(Invalid) as refused:
        ask_workbook(purpose=PURPOSE, wanted=WANTED, by=dana, at=NOON)
    assert "That is 3 rows" in refused.value.message


def test_a_file_is_for_whoever_asked_and_for_nobody_else(dana: User, sora: User) -> None:
    extract = ask_workbook(purpose=PURPOSE, wanted=WANTED, by=dana, at=NOON)
    for person in (dana, sora):  # it is not made yet, and never hers
        with pytest.raises(Absent):
            take_workbook(uuid=extract.uuid, by=person, at=NOON)
    with pytest.raises(Absent):
        take_workbook(uuid=uuid4(), by=dana, at=NOON)
    dana.role = Role.MODERATOR
    with pytest.raises(Refused):
        take_workbook(uuid=extract.uuid, by=dana, at=NOON)
    assert not AuditEvent.objects.filter(kind="extract_taken").exists()


def test_a_salt_is_new_each_time_and_long() -> None:
    salts = {extracts.new_salt() for _number in range(50)}
    assert len(salts) == 50
    assert {len(salt) for salt in salts} == {32}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"purpose": ""}, "an_extract_has_a_purpose"),
        ({"last_month": MARCH - 2}, "an_extract_ends_no_earlier_than_it_begins"),
        ({"job": None}, "a_workbook_and_nothing_else_is_made_by_a_job"),
        ({"kind": ExtractKind.CSV}, "a_workbook_and_nothing_else_is_made_by_a_job"),
        ({"removed_at": NOON}, "a_workbook_is_removed_after_it_was_made"),
        (
            {"made_at": NOON, "removed_at": NOON - timedelta(1)},
            "a_workbook_is_removed_after_it_was_made",
        ),
    ],
)
def test_the_database_refuses_what_cannot_be(
    dana: User, change: dict[str, object], name: str
) -> None:
    asked = ask_workbook(purpose=PURPOSE, wanted=WANTED, by=dana, at=NOON)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Extract.objects.filter(pk=asked.pk).update(**change)
    assert Extract.objects.get().job is not None
    assert Job.objects.get().state == JobState.RUNNING


def test_the_database_refuses_a_city_that_is_no_area(dana: User) -> None:
    asked = ask_workbook(purpose=PURPOSE, wanted=WANTED, by=dana, at=NOON)
    rows = Extract.objects.filter(pk=asked.pk)

    def file_elsewhere() -> None:
        """Foreign keys are looked at when a transaction ends."""
        rows.update(city="99999")
        connection.check_constraints()

    with pytest.raises(IntegrityError), transaction.atomic():
        file_elsewhere()
