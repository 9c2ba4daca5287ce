"""Who took single visits, which, and what for. The rows are not kept; a workbook is, for a week."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.accounts.models import User
from tracker.jobs.models import Job
from tracker.places.models import Area


class ExtractKind(models.TextChoices):
    CSV = "csv", _("CSV")
    WORKBOOK = "xlsx", _("Excel workbook (XLSX)")


class Extract(models.Model):
    """One taking. A CSV is sent at once; a workbook is made by a job, and can be had until
    `removed_at`. Months are integers, see tracker.months; no city means all."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    purpose = models.TextField()
    kind = models.CharField(max_length=4, choices=ExtractKind.choices)
    city = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    first_month = models.IntegerField()
    last_month = models.IntegerField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)  # begun by a worker, ended or not
    made_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="an_extract_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(first_month__lte=F("last_month")),
                name="an_extract_ends_no_earlier_than_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind=ExtractKind.CSV, job=None, made_at=None)
                | Q(kind=ExtractKind.WORKBOOK, job__isnull=False),
                name="a_workbook_and_nothing_else_is_made_by_a_job",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None)
                | Q(made_at__isnull=False, removed_at__gte=F("made_at")),
                name="a_workbook_is_removed_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"extract {self.uuid} {self.kind}"
