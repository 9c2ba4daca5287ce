"""Long work as it is asked for."""

from django.db.models import QuerySet

from tracker.jobs.models import Job


def jobs(*, before: int | None = None, state: str = "") -> QuerySet[Job]:
    """The newest first; older than the one with the key `before`, and in one state."""
    found = Job.objects.order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.filter(state=state) if state else found
