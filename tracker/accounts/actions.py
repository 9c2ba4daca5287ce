"""Make accounts, change their role, invite, end sessions, make and end tokens."""

from datetime import datetime

from django.contrib.sessions.models import Session
from knox.models import AuthToken

from tracker.accounts.models import Device, Invitation, TokenGrant, User
from tracker.accounts.roles import ApiScope, Role


def create_person(*, username: str, role: Role, password: str | None) -> User:
    """A new account; without a password nobody can sign in to it by form."""
    return User.objects.create_user(username=username, password=password, role=role)


def set_role(*, person: User, role: Role, is_active: bool) -> None:
    person.role = role
    person.is_active = is_active
    person.save(update_fields=["role", "is_active"])


def set_upload_grace_until(*, person: User, until: datetime | None) -> None:
    """From now to then the person may hand in entries and do nothing else."""
    person.upload_grace_until = until
    person.save(update_fields=["upload_grace_until"])


def write_invitation(
    *, digest: str, username: str, role: Role, by: User, at: datetime, until: datetime
) -> Invitation:
    return Invitation.objects.create(
        digest=digest, username=username, role=role, made_by=by, made_at=at, expires_at=until
    )


def use_invitation(*, invitation: Invitation, person: User, at: datetime) -> bool:
    """Mark it used; False where it was used, or has ended, a moment ago."""
    rows = Invitation.objects.filter(pk=invitation.pk, used_at=None, expires_at__gt=at)
    return rows.update(used_at=at, used_by=person) == 1


def see_device(*, person: User, session_key: str, label: str, at: datetime) -> None:
    """The person has just been seen in this browser."""
    Device.objects.update_or_create(
        session_key=session_key,
        defaults={"person": person, "label": label[:200], "last_seen_at": at},
        create_defaults={
            "person": person,
            "label": label[:200],
            "first_seen_at": at,
            "last_seen_at": at,
        },
    )


def end_sessions(*, devices: list[Device], at: datetime) -> None:
    """Their next request is that of a stranger; what is sealed on the phone stays there."""
    keys = [device.session_key for device in devices]
    Session.objects.filter(session_key__in=keys).delete()
    Device.objects.filter(session_key__in=keys, ended_at=None).update(ended_at=at)


def set_letter_keys(*, person: User, are_on: bool) -> None:
    person.letter_keys = are_on
    person.save(update_fields=["letter_keys"])


def make_token(
    *, person: User, name: str, scopes: list[ApiScope], at: datetime, until: datetime
) -> tuple[TokenGrant, str]:
    """A token with its grant; the text of the token is kept nowhere."""
    token, secret = AuthToken.objects.create(user=person, expiry=until - at)
    grant = TokenGrant.objects.create(
        token=token,
        person=person,
        name=name,
        scopes=[scope.value for scope in scopes],
        made_at=at,
        ends_at=until,
    )
    return grant, str(secret)


def end_tokens(*, grants: list[TokenGrant]) -> None:
    """Their next request is that of a stranger; the grants go with their tokens."""
    AuthToken.objects.filter(pk__in=[grant.token_id for grant in grants]).delete()


def see_token(*, grant: TokenGrant, at: datetime) -> None:
    """It has just been used."""
    TokenGrant.objects.filter(pk=grant.pk).update(last_used_at=at)
