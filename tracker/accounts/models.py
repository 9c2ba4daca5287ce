"""Our own user from the first migration on."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from tracker.vocabulary import Role


class User(AbstractUser):
    """A person with one role. `language` is the one their messages are written in."""

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.FIELDWORKER)
    language = models.CharField(max_length=10, default="ja")
    # Single letters decide at the desk; who dictates to the computer switches them off.
    letter_keys = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="a_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.username
