"""How people come into the team and leave it, and what becomes of their sessions."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts import actions
from tracker.accounts.models import Device, User
from tracker.accounts.permissions import Action, check_may
from tracker.accounts.queries import (
    active_admins,
    devices_of,
    invitation_of,
    people_to_close,
    token_digest,
    tokens_of,
)
from tracker.accounts.roles import Role
from tracker.audit import log
from tracker.errors import Invalid, Refused, Stale

INVITATION = timedelta(hours=72)
UPLOAD_GRACE = timedelta(days=14)  # what is on a phone comes in within this time, or never


@transaction.atomic
def invite(*, username: str, role: Role, by: User, at: datetime) -> str:
    """The token of a link that makes this account once. It is shown now and never again."""
    check_may(by, Action.MANAGE_PEOPLE)
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid(_("An account of this name already exists."), field="username")
    token = secrets.token_urlsafe(32)
    actions.write_invitation(
        digest=token_digest(token),
        username=username,
        role=role,
        by=by,
        at=at,
        until=at + INVITATION,
    )
    log.record(
        kind="person_invited",
        actor=by,
        subject_type="person",
        subject_id=username,
        at=at,
        facts={"role": role.value},
    )
    return token


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> User:
    """Make the account with the password of its owner. Raises Stale, Invalid."""
    invitation = invitation_of(token, at)
    if invitation is None:
        raise Stale(_("This invitation was used or has expired. Ask for a new one."))
    role = Role(invitation.role)
    _check_password(password, invitation.username)
    try:
        with transaction.atomic():
            person = actions.create_person(
                username=invitation.username, role=role, password=password
            )
    except IntegrityError:
        raise Stale(_("An account of this name already exists. Sign in.")) from None
    if not actions.use_invitation(invitation=invitation, person=person, at=at):
        raise Stale(_("This invitation was used or has expired. Ask for a new one."))
    log.record(
        kind="person_created",
        actor=person,
        subject_type="person",
        subject_id=person.pk,
        at=at,
        facts={"role": role.value, "invited_by": invitation.made_by.username},
    )
    return person


def _check_password(password: str, username: str) -> None:
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error


@transaction.atomic
def close_account(*, person: User, may_upload: bool, by: User, at: datetime) -> None:
    """End every session and token. With `may_upload` the person can sign in for two weeks more,
    only to hand in what is on the phone; those entries are set aside until somebody looks.
    """
    check_may(by, Action.MANAGE_PEOPLE)
    if person.pk == by.pk:
        raise Refused(_("You cannot close your own account. Ask another administrator."))
    if person.role == Role.ADMIN and active_admins().exclude(pk=person.pk).count() == 0:
        raise Refused(_("This is the only administrator. Appoint another one first."))
    actions.set_upload_grace_until(person=person, until=at + UPLOAD_GRACE if may_upload else None)
    actions.set_role(person=person, role=Role(person.role), is_active=may_upload)
    actions.end_sessions(devices=list(devices_of(person)), at=at)
    actions.end_tokens(grants=list(tokens_of(person)))
    log.record(
        kind="account_closed",
        actor=by,
        subject_type="person",
        subject_id=person.pk,
        at=at,
        facts={"may_hand_in": may_upload},
    )


@transaction.atomic
def open_account(*, person: User, by: User, at: datetime) -> None:
    """Take a closed account back into the team, with its role."""
    check_may(by, Action.MANAGE_PEOPLE)
    if person.is_active and person.upload_grace_until is None:
        raise Stale(_("This account is already open."))
    actions.set_upload_grace_until(person=person, until=None)
    actions.set_role(person=person, role=Role(person.role), is_active=True)
    log.record(kind="account_opened", actor=by, subject_type="person", subject_id=person.pk, at=at)


@transaction.atomic
def end_device(*, device: Device, by: User, at: datetime) -> None:
    """A lost phone, or a browser somewhere else: its next request is that of a stranger."""
    check_may(by, Action.END_DEVICE, owner_id=device.person_id)
    if device.ended_at is not None:
        raise Stale(_("This device is already signed out."))
    actions.end_sessions(devices=[device], at=at)
    log.record(
        kind="device_ended",
        actor=by,
        subject_type="person",
        subject_id=device.person_id,
        at=at,
        facts={"device": device.pk},
    )


def see_device(*, person: User, session_key: str, label: str, at: datetime) -> None:
    """Remember the browser of a request; no log: it is no act."""
    actions.see_device(person=person, session_key=session_key, label=label, at=at)


def end_upload_graces(*, at: datetime) -> int:
    """Close the accounts whose two weeks are over; returns how many. Safe to run twice."""
    ended = 0
    for person in people_to_close(at):
        with transaction.atomic():
            actions.set_role(person=person, role=Role(person.role), is_active=False)
            actions.end_sessions(devices=list(devices_of(person)), at=at)
            log.record(
                kind="hand_in_ended",
                actor=None,
                subject_type="person",
                subject_id=person.pk,
                at=at,
            )
        ended += 1
    return ended
