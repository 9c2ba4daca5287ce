"""Accounts: made by an admin or on the command line; the demonstration makes its own cast."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts import actions
from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.accounts.roles import Role
from tracker.audit import log
from tracker.errors import Invalid, Refused

DEMO_NAMES = {
    Role.FIELDWORKER: "aki",
    Role.MODERATOR: "mori",
    Role.ANALYST: "dana",
    Role.ADMIN: "sora",
}


@transaction.atomic
def create_person(
    *, username: str, role: Role, password: str | None, by: User | None, at: datetime
) -> User:
    """Make an account; `by` is None on the command line. Raises Invalid, Refused."""
    if by is not None:
        check_may(by, Action.USE_ADMIN)
    if User.objects.filter(username=username).exists():
        raise Invalid(_("An account of this name already exists."), field="username")
    if password is not None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise Invalid(" ".join(error.messages), field="password") from error
    person = actions.create_person(username=username, role=role, password=password)
    log.record(
        kind="person_created",
        actor=by,
        subject_type="person",
        subject_id=person.pk,
        at=at,
        facts={"role": role.value},
    )
    return person


@transaction.atomic
def change_role(*, person: User, role: Role, is_active: bool, by: User, at: datetime) -> None:
    """Give a person another role, or close the account; never one's own."""
    check_may(by, Action.USE_ADMIN)
    if person.pk == by.pk:
        raise Refused(_("You cannot change your own role. Ask another administrator."))
    actions.set_role(person=person, role=role, is_active=is_active)
    log.record(
        kind="role_changed",
        actor=by,
        subject_type="person",
        subject_id=person.pk,
        at=at,
        facts={"role": role.value, "active": is_active},
    )


@transaction.atomic
def demo_person(*, role: Role, at: datetime, username: str = "") -> User:
    """The demonstration's person of a role, made when first asked for; no password opens it."""
    if settings.PRODUCTION:
        raise Refused(_("The demonstration is not available in production."))
    name = username or DEMO_NAMES[role]
    known = User.objects.filter(username=name, role=role, is_active=True).first()
    if known is not None:
        return known
    if User.objects.filter(username=name).exists():
        raise Refused(_("The account “%(name)s” belongs to somebody else.") % {"name": name})
    return create_person(username=name, role=role, password=None, by=None, at=at)
