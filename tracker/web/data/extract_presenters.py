"""A workbook of single visits as its page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.jobs.models import Job
from tracker.jobs.states import JobState
from tracker.months import TOKYO, month_text
from tracker.places.atlas.cities import City
from tracker.publication.extracts.models import Extract
from tracker.publication.extracts.rows import ExtractFilter
from tracker.workflows.publishing.extract_making import KEPT, TOO_MANY
from tracker.workflows.publishing.extracts import LAST_STEPS


@dataclass(frozen=True)
class WorkbookPage:
    """`state` is one of running, done, failed and removed; `said` is that in a sentence."""

    extract: Extract
    title: str
    state: str
    said: str
    done: int
    total: int


def filter_of(extract: Extract) -> ExtractFilter:
    return ExtractFilter(extract.city_id or "", extract.first_month, extract.last_month)


def download_name(wanted: ExtractFilter, ending: str) -> str:
    """A name that says what it is when it lies in a folder of downloads."""
    city = f"-{wanted.city}" if wanted.city else ""
    months = f"{month_text(wanted.first_month)}-to-{month_text(wanted.last_month)}"
    return f"noren-visits{city}-{months}.{ending}"


def workbook_page(extract: Extract) -> WorkbookPage:
    """The extract must have a job."""
    job = extract.job
    if job is None:
        raise ValueError(f"{extract} has no job")
    title = _("%(city)s, %(first)s to %(last)s") % {
        "city": City(extract.city_id).label if extract.city_id else _("All cities"),
        "first": month_text(extract.first_month),
        "last": month_text(extract.last_month),
    }
    state = "removed" if extract.removed_at else str(job.state)
    return WorkbookPage(extract, title, state, _said(state, extract, job), job.done, job.total)


def _said(state: str, extract: Extract, job: Job) -> str:
    if state == "removed":
        return _("Removed: workbooks are kept for one week.")
    if extract.made_at is not None:
        day = (extract.made_at + KEPT).astimezone(TOKYO)
        return _("Ready. It will be removed after %(day)s.") % {"day": f"{day:%F}"}
    if state == JobState.RUNNING:
        return _("In progress: %(done)s of %(total)s rows.") % {
            "done": f"{min(job.done, job.total - LAST_STEPS):,}",
            "total": f"{job.total - LAST_STEPS:,}",
        }
    if job.error == TOO_MANY:
        return _("It failed: there are now more rows than a sheet can hold. Choose fewer months.")
    return _("It failed three times. Choose fewer months or one city, or download the CSV.")
