"""Releases: what was published, and what was withdrawn again."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy

from tracker.api.cursors import Keyed
from tracker.api.parameters import Parameter
from tracker.api.read_view import FIRST_KEY, ApiQuestion, ListView
from tracker.api.shapes import ShapeField
from tracker.months import month_text
from tracker.publication.releases.models import Release
from tracker.publication.releases.queries import SEEN, releases_made_before

STATES = tuple(state.value for state in SEEN)
TEXT_OR_NONE = ["string", "null"]


class Releases(ListView):
    """The newest first; those that are being made are nobody's yet."""

    operation = "list_releases"
    title = gettext_lazy("Releases")
    note = gettext_lazy(
        "Published and withdrawn releases, newest first. Their files never change; they are "
        "under the path of the release, each with its SHA-256."
    )
    file = "releases"
    own_parameters = (Parameter("state", gettext_lazy("Only releases in this state."), STATES),)
    fields = (
        ShapeField("release_id", gettext_lazy("Like 2026q4-1; a correction is 2026q4-2")),
        ShapeField("state", gettext_lazy("published or withdrawn"), "string", STATES),
        ShapeField("last_month", gettext_lazy("Last month with figures, YYYY-MM")),
        ShapeField("counted_at", gettext_lazy("Time of its counts, UTC"), TEXT_OR_NONE),
        ShapeField("published_at", gettext_lazy("Time, UTC"), TEXT_OR_NONE),
        ShapeField("withdrawn_at", gettext_lazy("Time, UTC; empty if still valid"), TEXT_OR_NONE),
        ShapeField("why", gettext_lazy("What is new, or what was corrected")),
        ShapeField("withdrawn_because", gettext_lazy("Why it is no longer valid")),
        ShapeField("is_invented", gettext_lazy("True for demo data"), "boolean"),
        ShapeField("path", gettext_lazy("Where its files are")),
    )

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        before = None if asked.after == FIRST_KEY else -asked.after
        found = releases_made_before(before)
        if "state" in asked.values:
            found = found.filter(state=asked.values["state"])
        return ((-release.pk, _row(release)) for release in found.iterator(asked.chunk))


def _row(release: Release) -> dict[str, str | bool | None]:
    return {
        "release_id": release.name,
        "state": release.state,
        "last_month": month_text(release.last_month),
        "counted_at": _iso(release.counted_at),
        "published_at": _iso(release.published_at),
        "withdrawn_at": _iso(release.withdrawn_at),
        "why": release.why,
        "withdrawn_because": release.withdrawn_because,
        "is_invented": release.is_invented,
        "path": f"/data/{release.name}/",
    }


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
