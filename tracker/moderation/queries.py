"""What waits for a decision, and what was decided."""

from datetime import datetime

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from tracker.accounts.models import User
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.queries import all_entries
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.kinds import Priority
from tracker.moderation.models import Decision, Flag, Lease, Screening, Skip
from tracker.moderation.notifications import KEPT_BACK, KEPT_BACK_STATES

UNDO_LAST = 20  # so many decisions back a moderator may undo
RANKS = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}
NOT_SCREENED = Priority.MEDIUM  # counts as this until the worker process has looked


def waiting_for(person: User) -> QuerySet[Visit]:
    """Entries waiting for a decision without the person's own, in no order."""
    return Visit.objects.filter(state=VisitState.SUBMITTED).exclude(worker=person)


def queue_for(person: User) -> QuerySet[Visit]:
    """Waiting entries with all that a page shows: what the person skipped last, before that by
    priority, oldest first within it."""
    return in_queue_order(
        all_entries().filter(state=VisitState.SUBMITTED).exclude(worker=person), person
    )


def in_queue_order(visits: QuerySet[Visit], person: User) -> QuerySet[Visit]:
    """The order in which a moderator is given entries.

    The skipped ones are few and are read first: ten thousand rows are not asked each by itself.
    """
    mine = Skip.objects.filter(
        by=person, visit__state=VisitState.SUBMITTED, revision=F("visit__revision")
    )
    skips = Skip.objects.filter(visit=OuterRef("pk"), by=person).values("at")
    skipped = list(mine.values_list("visit_id", flat=True))
    skipped_at = Case(When(pk__in=skipped, then=Subquery(skips)), output_field=DateTimeField())
    if skipped:
        ordered = with_rank(visits).annotate(skipped_at=skipped_at)
        return ordered.order_by(
            F("skipped_at").asc(nulls_first=True), F("rank"), "received_at", "pk"
        )
    return with_rank(visits).order_by(F("rank"), "received_at", "pk")


def with_rank(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Adds `rank`: 0 where the priority of the present revision is high, 1 medium, 2 low."""
    present = FilteredRelation("screenings", condition=Q(screenings__revision=F("revision")))
    whens = [
        When(screened__priority=priority, then=Value(rank)) for priority, rank in RANKS.items()
    ]
    return visits.annotate(screened=present).annotate(
        rank=Case(*whens, default=Value(RANKS[NOT_SCREENED]), output_field=IntegerField())
    )


def in_priority(visits: QuerySet[Visit], priority: Priority) -> QuerySet[Visit]:
    """Those whose present revision was put into the priority, or would be."""
    present = Screening.objects.filter(visit=OuterRef("pk"), revision=OuterRef("revision"))
    found = Q(Exists(present.filter(priority=priority)))
    return visits.filter(found | ~Exists(present) if priority == NOT_SCREENED else found)


def not_taken_by_others(visits: QuerySet[Visit], person: User, *, at: datetime) -> QuerySet[Visit]:
    """Without what another moderator has on the desk at `at`."""
    others = live_leases(at=at).exclude(by=person)
    return visits.exclude(pk__in=list(others.values_list("visit_id", flat=True)))


def may_go_together(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Screened, without a flag, and with nothing but ready photos."""
    here = {"visit": OuterRef("pk")}
    present = {**here, "revision": OuterRef("revision")}
    photos = Photo.objects.filter(**here)
    return visits.filter(
        Exists(Screening.objects.filter(**present)),
        ~Exists(Flag.objects.filter(**present)),
        Exists(photos),
        ~Exists(photos.exclude(state=PhotoState.READY)),
    )


def live_leases(*, at: datetime) -> QuerySet[Lease]:
    """Leases that have not run out at `at`."""
    return Lease.objects.filter(expires_at__gt=at).select_related("by")


def lease_on(visit: Visit, *, at: datetime) -> Lease | None:
    """Who has the entry on the desk at `at`."""
    return live_leases(at=at).filter(visit=visit).first()


def flags_of(visit: Visit) -> QuerySet[Flag]:
    """The flags of the present revision, the heaviest first."""
    return Flag.objects.filter(visit=visit, revision=visit.revision).order_by("-weight", "code")


def flag_codes() -> list[str]:
    """The codes of all flags that were ever raised, in order."""
    return list(Flag.objects.order_by("code").values_list("code", flat=True).distinct())


def screening_of(visit: Visit) -> Screening | None:
    """What was thought of the present revision before a person looked."""
    return Screening.objects.filter(visit=visit, revision=visit.revision).first()


def decisions_of(visit: Visit) -> QuerySet[Decision]:
    """Every move of the visit, oldest first."""
    return Decision.objects.filter(visit=visit).select_related("by").order_by("pk")


def last_decision(visit: Visit) -> Decision | None:
    """The newest move of the visit, with who made it."""
    return decisions_of(visit).last()


def judgements_by(person: User) -> QuerySet[Decision]:
    """What the person decided on waiting entries, newest first."""
    return (
        Decision.objects.filter(by=person, from_state=VisitState.SUBMITTED)
        .exclude(to_state=VisitState.WITHDRAWN)
        .select_related("visit__shop")
        .order_by("-at", "-pk")
    )


def undoable_decisions(person: User) -> list[Decision]:
    """Of the person's last twenty those on which nobody has acted since, newest first."""
    return [
        decision
        for decision in judgements_by(person)[:UNDO_LAST]
        if (decision.visit.state, decision.visit.revision) == (decision.to_state, decision.revision)
    ]


def visible_to_worker(at: datetime) -> QuerySet[Decision]:
    """Decisions that a worker may be told of at `at`, in no order.

    Without returns and rejections younger than a minute, and without those that were taken
    back within that minute.
    """
    taken_back = Decision.objects.filter(
        visit=OuterRef("visit"),
        revision=OuterRef("revision"),
        from_state=OuterRef("to_state"),
        by=OuterRef("by"),
        at__lt=OuterRef("at") + KEPT_BACK,
    )
    parked = Q(to_state__in=KEPT_BACK_STATES)
    return Decision.objects.exclude(parked, at__gt=at - KEPT_BACK).exclude(
        parked, Exists(taken_back)
    )


def kept_back(at: datetime) -> Exists:
    """Of visits: sent back or rejected so lately that the worker still sees them waiting."""
    return Exists(
        Decision.objects.filter(
            visit=OuterRef("pk"),
            revision=OuterRef("revision"),
            to_state=OuterRef("state"),
            to_state__in=KEPT_BACK_STATES,
            at__gt=at - KEPT_BACK,
        )
    )
