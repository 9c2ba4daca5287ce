"""Who is in the team, how they came in, where they are signed in, which tokens they keep."""

from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.accounts.models import Device, Invitation, TokenGrant, User
from tracker.accounts.roles import Role


def token_digest(token: str) -> str:
    """What is kept of an invitation's token."""
    return sha256(token.encode()).hexdigest()


def invitation_of(token: str, at: datetime) -> Invitation | None:
    """The open invitation of a link; None where there is none, or it was used, or has ended."""
    open_ones = Invitation.objects.filter(used_at=None, expires_at__gt=at)
    return open_ones.filter(digest=token_digest(token)).first()


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Those that can still be used, the newest first."""
    rows = Invitation.objects.filter(used_at=None, expires_at__gt=at)
    return rows.select_related("made_by").order_by("-made_at", "-pk")


def team() -> QuerySet[User]:
    """Everybody, by role and name; closed accounts last."""
    return User.objects.order_by("-is_active", "role", "username")


def active_admins() -> QuerySet[User]:
    return User.objects.filter(role=Role.ADMIN, is_active=True)


def devices_of(person: User) -> QuerySet[Device]:
    """Browsers in which the person is signed in, the last used first."""
    return Device.objects.filter(person=person, ended_at=None).order_by("-last_seen_at", "-pk")


def people_to_close(at: datetime) -> QuerySet[User]:
    """People who left and whose time to hand in is over."""
    return User.objects.filter(is_active=True, upload_grace_until__lte=at).order_by("pk")


def tokens_of(person: User) -> QuerySet[TokenGrant]:
    """Tokens of a person that were not revoked, the newest first; ended ones among them."""
    return TokenGrant.objects.filter(person=person).order_by("-made_at", "-pk")


def grants_by_key(key: str) -> list[TokenGrant]:
    """Grants whose token begins so; whoever asks compares the digests."""
    grants = TokenGrant.objects.filter(token__token_key=key).select_related("token", "person")
    return list(grants.order_by("pk"))


def person_of(request: HttpRequest) -> User:
    """The signed-in person; the guard has let nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("the guard lets only signed-in people through")
    return request.user
