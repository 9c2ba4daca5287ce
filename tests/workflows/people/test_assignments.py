"""Areas per person: given and taken by administrators, once, and told on the log."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused
from tracker.fieldwork.assignments import Assignment, area_codes_of, areas_of
from tracker.workflows.people.assignments import assign_area, unassign_area

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str, object]]:
    rows = AuditEvent.objects.filter(kind__startswith="area_").order_by("pk")
    return [(row.kind, row.subject_id, row.facts["area"]) for row in rows]


def test_an_admin_gives_areas_and_takes_them_away(aki: User, ben: User, sora: User) -> None:
    for code in ("13104", "27100", "13102"):
        assert assign_area(person=aki, code=code, by=sora, at=NOON)
    assert [area.code for area in areas_of(aki)] == ["13102", "13104", "27100"]
    assert area_codes_of(aki) == ["13102", "13104", "27100"]
    assert area_codes_of(ben) == []
    assert unassign_area(person=aki, code="13104", by=sora, at=NOON)
    assert area_codes_of(aki) == ["13102", "27100"]
    person = str(aki.pk)
    assert told() == [
        ("area_assigned", person, "13104"),
        ("area_assigned", person, "27100"),
        ("area_assigned", person, "13102"),
        ("area_unassigned", person, "13104"),
    ]
    assert Assignment.objects.filter(assigned_by=sora, assigned_at=NOON).count() == 2


def test_what_is_so_already_is_neither_done_nor_told_twice(aki: User, sora: User) -> None:
    assert not unassign_area(person=aki, code="13102", by=sora, at=NOON)
    assert assign_area(person=aki, code="13102", by=sora, at=NOON)
    assert not assign_area(person=aki, code="13102", by=sora, at=NOON)
    assert told() == [("area_assigned", str(aki.pk), "13102")]


@pytest.mark.parametrize("code", ["", "99999", "千代田", "13102 ", "²"])
def test_what_is_no_area_is_invalid(aki: User, sora: User, code: str) -> None:
    for act in (assign_area, unassign_area):
        with pytest.raises(Invalid):
            act(person=aki, code=code, by=sora, at=NOON)
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("name", ["mori", "dana", "sora"])
def test_only_fieldworkers_have_areas(
    request: pytest.FixtureRequest, name: str, sora: User
) -> None:
    with pytest.raises(Invalid):
        assign_area(person=request.getfixturevalue(name), code="13102", by=sora, at=NOON)
    assert (Assignment.objects.count(), told()) == (0, [])


@pytest.mark.parametrize("name", ["aki", "ben", "mori", "dana"])
def test_nobody_else_gives_or_takes_areas(
    request: pytest.FixtureRequest, aki: User, sora: User, name: str
) -> None:
    by = request.getfixturevalue(name)
    assign_area(person=aki, code="13102", by=sora, at=NOON)
    with pytest.raises(Refused):
        assign_area(person=aki, code="13101", by=by, at=NOON)
    with pytest.raises(Refused):
        unassign_area(person=aki, code="13102", by=by, at=NOON)
    assert (area_codes_of(aki), len(told())) == (["13102"], 1)


def test_the_database_keeps_an_area_once(aki: User, sora: User) -> None:
    row = {"person": aki, "area_id": "13102", "assigned_at": NOON, "assigned_by": sora}
    Assignment.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(**row)
    assert Assignment.objects.count() == 1
