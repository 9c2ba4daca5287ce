"""One row per piece of long work."""

from django.db import models
from django.db.models import F, Q

from tracker.jobs.states import JobState


class Job(models.Model):
    """`done` of `total` steps; `kind` names the work, `about` what it works on."""

    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    asked_by = models.ForeignKey("tracker.User", on_delete=models.PROTECT, null=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(state=JobState.RUNNING),
                name="one_job_runs_per_kind_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="a_job_does_no_more_than_all"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, ended_at=None)
                | ~Q(state=JobState.RUNNING) & Q(ended_at__gte=F("begun_at")),
                name="a_job_that_does_not_run_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"job {self.pk} {self.kind} {self.done}/{self.total} {self.state}"
