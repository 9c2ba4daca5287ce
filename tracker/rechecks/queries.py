"""What can be drawn from, what is open, and the pairs that came of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tracker.accounts.models import User
from tracker.adoption.history import survivors_of
from tracker.fieldwork.due import last_due
from tracker.fieldwork.models import Visit
from tracker.fieldwork.queries import last_visit_dates
from tracker.fieldwork.rounds import NOT_A_VISIT
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import CheckKind
from tracker.moderation.models import Decision
from tracker.months import TOKYO
from tracker.places.models import Shop
from tracker.rechecks.models import JUDGED, Reinterview, ReinterviewDraw, SpotCheck
from tracker.rechecks.sampling import Candidate
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

OLD_ENOUGH = timedelta(days=30)  # nobody remembers what was said of the entry then
RE_REVIEW_AFTER = timedelta(days=1)
LOOKED = (Answer.YES.value, Answer.NO.value, Answer.UNSURE.value)


def day_of(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()


def candidates_of(day: date) -> list[Candidate]:
    """Answered visits approved on that day in Tokyo, still approved, in one ward each."""
    begin = datetime(day.year, day.month, day.day, tzinfo=TOKYO)
    approvals = Decision.objects.filter(
        to_state=VisitState.APPROVED, at__gte=begin, at__lt=begin + timedelta(days=1)
    )
    visits = Visit.objects.filter(
        pk__in=approvals.values("visit"), state=VisitState.APPROVED, outcome=Outcome.ANSWERED
    )
    rows = visits.values_list("uuid", "shop__ward_id", "shop__city_id", "pk")
    return [Candidate(str(uuid), ward or city or "", pk) for uuid, ward, city, pk in rows]


def days_drawn(since: date) -> set[date]:
    return set(ReinterviewDraw.objects.filter(day__gte=since).values_list("day", flat=True))


def open_reinterviews() -> QuerySet[Reinterview]:
    """Those that wait for a second visit, the longest first."""
    return Reinterview.objects.filter(closed_at=None).select_related("first").order_by("due_at")


def shops_to_visit_again(worker: User, at: datetime) -> set[int]:
    """Shops where somebody else than the first worker is wanted now.

    Not where somebody else has been since, even if that is not judged yet; and not whom the last
    months have led there, because they would wonder why it is due.
    """
    rows = open_reinterviews().filter(due_at__gte=at).exclude(first__worker=worker)
    wanted = list(rows.values_list("first__shop", "first__worker", "first__observed_at"))
    if not wanted:
        return set()
    survivors = survivors_of({shop for shop, _first, _since in wanted})
    shops = set(survivors.values())
    been = _visitors_of(shops, since=last_due(at))
    return {
        survivors[shop]
        for shop, first, since in wanted
        if not any(
            who == worker.pk or (who != first and when > since)
            for who, when in been[survivors[shop]]
        )
    }


def _visitors_of(shops: set[int], *, since: datetime) -> dict[int, list[tuple[int, datetime]]]:
    """Shop → who observed what counts there and when, at shops merged into it too."""
    merged = Shop.objects.filter(merged_into__in=shops).values_list("pk", "merged_into")
    counts_as = dict.fromkeys(shops) | dict(merged)
    visits = Visit.objects.filter(shop__in=list(counts_as), observed_at__gte=since)
    found: defaultdict[int, list[tuple[int, datetime]]] = defaultdict(list)
    rows = visits.exclude(state__in=NOT_A_VISIT).values_list("shop", "worker", "observed_at")
    for shop, who, when in rows:
        found[counts_as[shop] or shop].append((who, when))
    return found


def last_visits_shown(worker: User, shop_ids: Iterable[int], at: datetime) -> dict[int, datetime]:
    """Shop → its last visit as this worker is told of it: nothing shows where one is repeated."""
    wanted = set(shop_ids)
    again = shops_to_visit_again(worker, at) & wanted
    found = last_visit_dates(wanted - again)
    return found | last_visit_dates(again, before=last_due(at)) if again else found


def second_visit_of(reinterview: Reinterview) -> Visit | None:
    """The first approved visit of another worker to the same shop in time; None so far."""
    first = reinterview.first
    shop_id = survivors_of([first.shop_id])[first.shop_id]
    shops = Shop.objects.filter(Q(pk=shop_id) | Q(merged_into=shop_id))
    return (
        Visit.objects.filter(shop__in=shops, state=VisitState.APPROVED)
        .filter(observed_at__gt=first.observed_at, observed_at__lte=reinterview.due_at)
        .exclude(worker=first.worker_id)
        .filter(reinterview_of=None)
        .order_by("observed_at", "received_at", "pk")
        .first()
    )


def pairs_of(trait: Trait, worker: User | None = None) -> list[tuple[str, str]]:
    """Answers of the first and of the second visit, where both looked and both are believed.

    Of everybody, or of those whose first visit is the worker's.
    """
    column = trait.value
    rows = Reinterview.objects.filter(
        first__state=VisitState.APPROVED,
        second__state=VisitState.APPROVED,
        **{f"first__{column}__in": LOOKED, f"second__{column}__in": LOOKED},
    )
    if worker:
        rows = rows.filter(first__worker=worker)
    return list(rows.order_by("pk").values_list(f"first__{column}", f"second__{column}"))


def open_check_of(moderator: User) -> SpotCheck | None:
    """The check that waits for this moderator."""
    return SpotCheck.objects.filter(moderator=moderator, answer="").order_by("pk").first()


def checks_of(moderator: User) -> QuerySet[SpotCheck]:
    """What was answered, newest first: for this moderator only."""
    return (
        SpotCheck.objects.filter(moderator=moderator)
        .exclude(answer="")
        .select_related("visit__shop")
        .order_by("-answered_at", "-pk")
    )


def looks_of(moderators: Sequence[User] = ()) -> list[tuple[str, str]]:
    """Decision and re-review of everybody, or of the given moderators."""
    checks = SpotCheck.objects.exclude(answer="").order_by("pk")
    if moderators:
        checks = checks.filter(moderator__in=moderators)
    return list(checks.values_list("expected", "answer"))


def decisions_to_show_again(moderator: User, kind: CheckKind, at: datetime) -> QuerySet[Decision]:
    """Judgements of others on entries that this moderator neither logged, judged nor checked.

    An audit shows what somebody else has confirmed by a re-review, and long ago.
    """
    own = Decision.objects.filter(visit=OuterRef("visit"), by=moderator)
    asked = SpotCheck.objects.filter(visit=OuterRef("visit"), moderator=moderator)
    standing = Decision.objects.filter(
        to_state__in=JUDGED, to_state=F("visit__state"), revision=F("visit__revision")
    )
    found = standing.exclude(by=None).exclude(visit__worker=moderator)
    found = found.exclude(Exists(own)).exclude(Exists(asked))
    if kind is CheckKind.RE_REVIEW:
        return found.filter(at__lte=at - RE_REVIEW_AFTER)
    agreed = SpotCheck.objects.filter(
        visit=OuterRef("visit"), revision=OuterRef("revision"), answer=F("expected")
    )
    return found.filter(Exists(agreed), at__lte=at - OLD_ENOUGH)
