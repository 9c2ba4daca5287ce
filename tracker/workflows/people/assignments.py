"""An administrator says which areas a fieldworker looks after."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.accounts.roles import Role
from tracker.audit import log
from tracker.errors import Invalid
from tracker.fieldwork import actions
from tracker.places.models import Area


@transaction.atomic
def assign_area(*, person: User, code: str, by: User, at: datetime) -> bool:
    """Give a fieldworker a ward or a city; False where it was theirs before.

    Raises Refused, Invalid.
    """
    check_may(by, Action.MANAGE_PEOPLE)
    if person.role != Role.FIELDWORKER:
        raise Invalid(_("Only fieldworkers can be assigned areas."), field="area")
    is_new = actions.assign_area(person=person, area=_area(code), by=by, at=at)
    if is_new:
        _tell("area_assigned", person, code, by, at)
    return is_new


@transaction.atomic
def unassign_area(*, person: User, code: str, by: User, at: datetime) -> bool:
    """Take an area away again; False where it was not theirs. Raises Refused, Invalid."""
    check_may(by, Action.MANAGE_PEOPLE)
    was_theirs = actions.unassign_area(person=person, area=_area(code))
    if was_theirs:
        _tell("area_unassigned", person, code, by, at)
    return was_theirs


def _area(code: str) -> Area:
    area = Area.objects.filter(code=code).first() if code.isdecimal() else None
    if area is None:
        raise Invalid(_("Choose a ward or a city from the list."), field="area")
    return area


def _tell(kind: str, person: User, code: str, by: User, at: datetime) -> None:
    log.record(
        kind=kind,
        actor=by,
        subject_type="person",
        subject_id=person.pk,
        at=at,
        facts={"area": code},
    )
