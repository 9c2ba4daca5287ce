"""Begin, advance and end a job. Each is called inside the transaction of the work it tells of."""

from datetime import datetime

from django.db.models import F, QuerySet
from django.db.models.functions import Least

from tracker.accounts.models import User
from tracker.jobs.models import Job
from tracker.jobs.states import JobState


def begin(*, kind: str, about: str, total: int, by: User | None, at: datetime) -> Job:
    """A new running job of `total` steps."""
    return Job.objects.create(kind=kind, about=about, total=total, asked_by=by, begun_at=at)


def advance(*, kind: str, about: str, steps: int) -> None:
    """So many more steps are done."""
    _running(kind, about).update(done=Least(F("done") + steps, F("total")))


def reach(*, kind: str, about: str, steps: int) -> None:
    """So many steps are done in all, whatever an earlier try had done."""
    _running(kind, about).update(done=Least(steps, F("total")))


def finish(*, kind: str, about: str, at: datetime) -> None:
    _running(kind, about).update(state=JobState.DONE, done=F("total"), ended_at=at)


def fail(*, kind: str, about: str, at: datetime, error: str) -> None:
    _running(kind, about).update(state=JobState.FAILED, ended_at=at, error=error[:2000])


def _running(kind: str, about: str) -> QuerySet[Job]:
    return Job.objects.filter(kind=kind, about=about, state=JobState.RUNNING)
