"""What a request asks of the desk: read once, then handed on."""

from dataclasses import dataclass

from django.http import HttpRequest

from tracker.accounts.models import User
from tracker.accounts.queries import person_of
from tracker.fieldwork.states import VisitState
from tracker.moderation.queue import QueueFilter
from tracker.places.matching import fold
from tracker.web.desk.forms import EVERYBODY, QueueForm

OLD_NAMES = {"band": "priority", "claims": "leases"}  # of filters in links that were kept


@dataclass(frozen=True)
class DeskQuestion:
    """Who asks, for which entries, on which page of them."""

    person: User
    form: QueueForm
    wanted: QueueFilter | None  # None where the filters of the URL are wrong
    query: str  # the filters as they stand in the URL, to go on with: "" or ending in &
    page: str | None
    may_take: bool  # a look by HEAD takes nothing onto the desk


def asked_of(request: HttpRequest) -> DeskQuestion:
    """The question that a request asks."""
    form = queue_form(request)
    return DeskQuestion(
        person=person_of(request),
        form=form,
        wanted=filter_of(form) if form.is_valid() else None,
        query=kept_filters(request),
        page=request.GET.get("page"),
        may_take=request.method != "HEAD",
    )


def queue_form(request: HttpRequest) -> QueueForm:
    """The filters of the URL; what waits where no state is named."""
    given = {OLD_NAMES.get(key, key): value for key, value in request.GET.items()}
    return QueueForm({"state": VisitState.SUBMITTED.value} | given)


def filter_of(form: QueueForm) -> QueueFilter:
    """The filters of a valid form."""
    data = form.cleaned_data
    return QueueFilter(
        state=VisitState(data["state"] or VisitState.SUBMITTED),
        city=data["city"],
        ward=data["ward"],
        segment=data["segment"],
        worker=data["worker"],
        text=data["q"],
        folded=fold(data["q"]),
        hours=int(data["age"] or 0),
        flag=data["flag"],
        priority=data["priority"],
        is_everybody=data["leases"] == EVERYBODY,
    )


def kept_filters(request: HttpRequest) -> str:
    """The filters as they stand in the URL, to go on with; "" or ending in &."""
    kept = request.GET.copy()
    for name in [name for name, value in kept.items() if name == "page" or not value]:
        kept.pop(name)
    return f"{kept.urlencode()}&" if kept else ""
