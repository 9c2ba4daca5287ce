"""Extracts as they are asked for."""

from datetime import datetime

from django.db.models import QuerySet

from tracker.accounts.models import User
from tracker.jobs.states import JobState
from tracker.publication.extracts.models import Extract, ExtractKind


def workbooks_of(person: User) -> QuerySet[Extract]:
    """The newest first."""
    found = Extract.objects.filter(taken_by=person, kind=ExtractKind.WORKBOOK)
    return found.select_related("job").order_by("-pk")


def unmade_workbooks() -> QuerySet[Extract]:
    """Those on whose jobs somebody waits."""
    return Extract.objects.filter(job__state=JobState.RUNNING).select_related("job")


def workbooks_made_before(moment: datetime) -> QuerySet[Extract]:
    """Those that still lie there."""
    return Extract.objects.filter(made_at__lt=moment, removed_at=None)
