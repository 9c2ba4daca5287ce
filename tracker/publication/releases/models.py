"""Releases: numbered publications that never change, and their files. Claims that are checked."""

from django.db import models
from django.db.models import Q

from tracker.accounts.models import User
from tracker.publication.releases.states import ReleaseState

MADE, OUT = "counted_at", "published_at"


def _is(*names: str, without: tuple[str, ...] = ()) -> Q:
    """These times are known and those are not."""
    known = Q(**{f"{name}__isnull": False for name in names})
    return known & Q(**{f"{name}__isnull": True for name in without})


class Release(models.Model):
    """`2026q4-1` is the first of its quarter; a correction is `2026q4-2`.

    It is being made until `counted_at`, the moment of its counts, is known.
    """

    quarter = models.CharField(max_length=6)  # see months.quarter_text
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=11, choices=ReleaseState.choices, default=ReleaseState.PROVISIONAL
    )
    last_month = models.IntegerField()  # see tracker.months
    why = models.TextField(default="")  # for readers: what is new, or what was wrong
    is_invented = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(default="")
    # against the release before: {"of": its name, "cells": how many moved, "first": some of them}
    changes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "number"], name="a_release_has_its_number_alone"
            ),
            models.CheckConstraint(
                condition=Q(quarter__regex=r"^[0-9]{4}q[1-4]$", number__gte=1),
                name="a_release_is_named_by_quarter_and_number",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ReleaseState.PROVISIONAL)
                    & _is(without=("checked_at", OUT, "withdrawn_at"))
                )
                | (
                    Q(state=ReleaseState.CHECKED)
                    & _is(MADE, "checked_at", without=(OUT, "withdrawn_at"))
                )
                | (
                    Q(state=ReleaseState.PUBLISHED)
                    & _is(MADE, "checked_at", OUT, without=("withdrawn_at",))
                )
                | (
                    Q(state=ReleaseState.WITHDRAWN)
                    & _is(MADE, "checked_at", OUT, "withdrawn_at")
                    & ~Q(withdrawn_because="")
                ),
                name="a_release_has_the_times_of_its_state",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.quarter}-{self.number}"


class ReleaseFile(models.Model):
    """A file of a release, under `RELEASE_ROOT/<release>/<name>`."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=60)
    content_type = models.CharField(max_length=80)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()  # of figures in it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "name"], name="a_release_has_each_file_once"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_file_has_its_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.name}"
