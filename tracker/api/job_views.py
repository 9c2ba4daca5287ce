"""Long work: what runs, how far it is, how it ended."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy

from tracker.api.answers import PRIVATE
from tracker.api.cursors import Keyed
from tracker.api.parameters import Parameter
from tracker.api.read_view import FIRST_KEY, ApiQuestion, ListView
from tracker.api.shapes import ShapeField
from tracker.jobs.queries import jobs
from tracker.jobs.states import JobState

MOMENT = ["string", "null"]


class Jobs(ListView):
    """The newest first."""

    operation = "list_jobs"
    title = gettext_lazy("Long tasks and their progress")
    note = gettext_lazy("Newest first: rebuilds of the counts and other long tasks.")
    file = "jobs"
    is_public = False
    cache = PRIVATE
    own_parameters = (
        Parameter("state", gettext_lazy("Only tasks in this state."), tuple(JobState.values)),
    )
    fields = (
        ShapeField("id", gettext_lazy("Task number"), "integer"),
        ShapeField("kind", gettext_lazy("Kind of task")),
        ShapeField("about", gettext_lazy("Subject of the task")),
        ShapeField(
            "state", gettext_lazy("running, done or failed"), "string", tuple(JobState.values)
        ),
        ShapeField("done", gettext_lazy("Steps done"), "integer"),
        ShapeField("total", gettext_lazy("Total steps"), "integer"),
        ShapeField("begun_at", gettext_lazy("Time, UTC")),
        ShapeField("ended_at", gettext_lazy("Time, UTC; empty while running"), MOMENT),
        ShapeField("error", gettext_lazy("Why it failed")),
    )

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        before = None if asked.after == FIRST_KEY else -asked.after
        found = jobs(before=before, state=asked.values.get("state", ""))
        return (
            (
                -job.pk,
                {
                    "id": job.pk,
                    "kind": job.kind,
                    "about": job.about,
                    "state": job.state,
                    "done": job.done,
                    "total": job.total,
                    "begun_at": _iso(job.begun_at),
                    "ended_at": _iso(job.ended_at) if job.ended_at else None,
                    "error": job.error,
                },
            )
            for job in found.iterator(chunk_size=asked.chunk)
        )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
