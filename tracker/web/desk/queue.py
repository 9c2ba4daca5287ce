"""The left column of the desk: what is on it, what waits, how much was done."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, may
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Priority
from tracker.moderation.leases import LEASE
from tracker.moderation.models import Flag
from tracker.moderation.queries import judgements_by, live_leases, waiting_for, with_rank
from tracker.moderation.queue import in_order, wanted_entries
from tracker.rechecks.models import SpotCheck
from tracker.rechecks.queries import open_check_of
from tracker.survey.outcomes import Outcome
from tracker.web.desk.filters import DeskQuestion
from tracker.web.desk.forms import QueueForm
from tracker.web.desk.presenters import age_text, is_old
from tracker.web.entries.presenters import AnswerLine, answer_lines, answers_in_words
from tracker.workflows.judging import desk

PAGE = 20
PRIORITIES = {0: Priority.HIGH, 1: Priority.MEDIUM, 2: Priority.LOW}


@dataclass(frozen=True)
class QueueLine:
    uuid: str
    revision: int
    name: str
    floor: str
    place: str
    worker: str
    age: str
    is_old: bool
    priority: str
    priority_label: str
    flags: int
    state: str
    state_label: str
    answers: list[AnswerLine]
    in_words: str
    taken_by: str  # another moderator has it on the desk


@dataclass(frozen=True)
class QueueTally:
    """How much waits for this person, since when, and what they did since midnight."""

    waiting: int
    oldest: str
    is_old: bool
    today: int


@dataclass(frozen=True)
class Listing:
    """What the template `desk/list.html` shows."""

    filters: QueueForm
    filter_words: list[str]
    query: str
    tally: QueueTally
    leases_end: str
    page: Page[int] | None
    lines: list[QueueLine]
    re_review: SpotCheck | None  # a decided entry to look at once more


def listing_of(asked: DeskQuestion, *, at: datetime) -> Listing:
    """The entries that are asked for, with all that stands beside them."""
    page = Paginator(entries_of(asked, at=at), PAGE).get_page(asked.page) if asked.wanted else None
    return Listing(
        filters=asked.form,
        filter_words=asked.form.in_words(),
        query=asked.query,
        tally=tally_of(asked.person, at=at),
        leases_end=(at + LEASE).isoformat(),
        page=page,
        lines=queue_lines(list(page or []), asked.person, at=at),
        re_review=open_check_of(asked.person),
    )


def entries_of(asked: DeskQuestion, *, at: datetime) -> QuerySet[Visit, int]:
    """Ids in order; none where the filters are wrong. The own desk is filled up to ten."""
    person, wanted = asked.person, asked.wanted
    if wanted is None:
        return Visit.objects.none().values_list("pk", flat=True)
    found = wanted_entries(wanted, person, at=at)
    if wanted.is_of_waiting and not wanted.is_everybody and may(person, Action.DECIDE):
        taken = desk.open_queue(among=found, by=person, at=at) if asked.may_take else []
        found = found.filter(pk__in=taken)
    return in_order(wanted, found, person).values_list("pk", flat=True)


def tally_of(person: User, *, at: datetime) -> QueueTally:
    waiting = waiting_for(person)
    oldest = waiting.order_by("received_at").values_list("received_at", flat=True).first()
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return QueueTally(
        waiting=waiting.count(),
        oldest="" if oldest is None else age_text(oldest, at),
        is_old=oldest is not None and is_old(oldest, at),
        today=judgements_by(person).filter(at__gte=midnight).count(),
    )


def queue_lines(ids: list[int], person: User, *, at: datetime) -> list[QueueLine]:
    """Lines in the order of the ids."""
    visits = with_rank(
        Visit.objects.select_related("shop", "shop__ward", "shop__city", "worker")
    ).in_bulk(ids)
    flags = dict(
        Flag.objects.filter(visit__in=ids, revision=F("visit__revision"))
        .values_list("visit")
        .annotate(number=Count("pk"))
    )
    others = live_leases(at=at).filter(visit__in=ids).exclude(by=person)
    taken = {lease.visit_id: lease.by.username for lease in others}
    return [
        _line(visits[pk], flags.get(pk, 0), taken.get(pk, ""), at) for pk in ids if pk in visits
    ]


def _line(visit: Visit, flags: int, taken_by: str, at: datetime) -> QueueLine:
    shop = visit.shop
    is_waiting = visit.state == VisitState.SUBMITTED
    priority = PRIORITIES[visit.rank]  # type: ignore[attr-defined]  # annotated by with_rank
    return QueueLine(
        uuid=str(visit.uuid),
        revision=visit.revision,
        name=shop.name or _("(no name)"),
        floor=shop.floor,
        place=(shop.ward or shop.city).name_ja,
        worker=visit.worker.username,
        age=age_text(visit.received_at, at),
        is_old=is_waiting and is_old(visit.received_at, at),
        priority=priority.value,
        priority_label=str(priority.label),
        flags=flags,
        state=visit.state,
        state_label=str(VisitState(visit.state).label),
        answers=answer_lines(visit) if visit.outcome == Outcome.ANSWERED else [],
        in_words=answers_in_words(visit),
        taken_by=taken_by,
    )
