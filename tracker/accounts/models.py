"""Our own user from the first migration on, how people come in, and where they are signed in."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from tracker.accounts.roles import Role


class User(AbstractUser):
    """A person with one role. `language` is the one their messages are written in."""

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.FIELDWORKER)
    language = models.CharField(max_length=10, default="ja")
    # A person who leaves may hand in what is still on the phone until then, and nothing else.
    upload_grace_until = models.DateTimeField(null=True, blank=True)
    # Single letters decide at the desk; who dictates to the computer switches them off.
    letter_keys = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="a_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.username


class Invitation(models.Model):
    """A link that makes one account, once, within three days. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token in the link
    username = models.CharField(max_length=150)
    role = models.CharField(max_length=16, choices=Role.choices)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, related_name="invitation"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="an_invitation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None)
                | Q(used_at__isnull=False, used_by__isnull=False),
                name="a_used_invitation_has_its_person",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.username} as {self.role}"


class Device(models.Model):
    """A browser in which somebody is signed in: one session."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=200)  # what the browser says it is
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-last_seen_at"], name="devices_of_a_person")]

    def __str__(self) -> str:
        return f"device {self.pk} of person {self.person_id}"


class TokenGrant(models.Model):
    """What a token of a program is good for, and until when. The token itself knox keeps."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    token = models.OneToOneField("knox.AuthToken", on_delete=models.CASCADE, related_name="grant")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="token_grants")
    name = models.CharField(max_length=60)
    scopes = models.JSONField()  # values of ApiScope
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="a_token_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"token {self.uuid} of person {self.person_id}"
