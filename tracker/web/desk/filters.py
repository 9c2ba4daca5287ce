"""From the filters of the URL to entries."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Priority
from tracker.moderation.models import Flag
from tracker.moderation.queries import in_priority, in_queue_order, waiting_for
from tracker.places.matching import fold
from tracker.web.desk.forms import QueueForm

SIMPLE = {
    "city": "shop__city_id",
    "ward": "shop__ward_id",
    "segment": "shop__segment",
    "worker": "worker__username",
}


def queue_form(request: HttpRequest) -> QueueForm:
    """The filters of the URL; what waits where no state is named."""
    return QueueForm({"state": VisitState.SUBMITTED.value} | request.GET.dict())


def is_of_waiting(form: QueueForm) -> bool:
    return form.cleaned_data["state"] in ("", VisitState.SUBMITTED)


def entries_wanted(form: QueueForm, person: User, *, at: datetime) -> QuerySet[Visit]:
    """What the filters of a valid form leave, in no order; waiting entries without the own."""
    data = form.cleaned_data
    found = waiting_for(person)
    if not is_of_waiting(form):
        found = Visit.objects.filter(state=data["state"])
    for name, lookup in SIMPLE.items():
        if data[name]:
            found = found.filter(**{lookup: data[name]})
    if data["q"]:
        found = found.filter(_text(data["q"]))
    if data["age"]:
        found = found.filter(received_at__lt=at - timedelta(hours=int(data["age"])))
    if data["flag"]:
        flagged = Flag.objects.filter(
            visit=OuterRef("pk"), revision=OuterRef("revision"), code=data["flag"]
        )
        found = found.filter(Exists(flagged))
    if data["priority"]:
        found = in_priority(found, Priority(data["priority"]))
    return found


def in_order(form: QueueForm, found: QuerySet[Visit], person: User) -> QuerySet[Visit]:
    """Waiting entries as a moderator is given them, others newest first."""
    if is_of_waiting(form):
        return in_queue_order(found, person)
    return found.order_by("-received_at", "-pk")


def _text(text: str) -> Q:
    match = Q(shop__address__icontains=text.strip())
    folded = fold(text)
    return match | Q(shop__name_folded__contains=folded) if folded else match


def kept_filters(request: HttpRequest) -> str:
    """The filters as they stand in the URL, to go on with; "" or ending in &."""
    kept = request.GET.copy()
    for name in [name for name, value in kept.items() if name == "page" or not value]:
        kept.pop(name)
    return f"{kept.urlencode()}&" if kept else ""
