"""Keep what a screening found, and approve what nobody has to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.errors import Invalid
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import How, ReviewReason
from tracker.moderation.looks import PhotoLook
from tracker.moderation.models import Decision, Flag, Lease, Screening
from tracker.moderation.rates import Rate
from tracker.moderation.sampling import RATES, out_of_range
from tracker.moderation.triage.facts import Finding
from tracker.moderation.triage.judge import priority_of, score_of
from tracker.moderation.triage.table import FLAGS


@dataclass(frozen=True)
class Result:
    """What became of one revision; `review_reason` is None where it was decided unscreened."""

    visit: int
    revision: int
    findings: Sequence[Finding]
    review_reason: ReviewReason | None
    rate: float


def keep_results(results: Sequence[Result], *, at: datetime) -> list[Result]:
    """Write flags and screenings anew; what has another revision by now is left out.

    Call it in a transaction: the visits stay locked until it ends.
    """
    locked = Visit.objects.select_for_update().filter(pk__in=[one.visit for one in results])
    revisions = dict(locked.order_by("pk").values_list("pk", "revision"))
    kept = [one for one in results if revisions.get(one.visit) == one.revision]
    current = [one.visit for one in kept]
    old = Flag.objects.filter(visit__in=current).values_list("pk", "visit_id", "revision")
    stale = [pk for pk, visit, revision in old if revisions[visit] == revision]
    Flag.objects.filter(pk__in=stale).delete()
    Flag.objects.bulk_create(_flags(kept, at))
    Screening.objects.bulk_create(
        [_screening(one, one.review_reason, at) for one in kept if one.review_reason is not None],
        update_conflicts=True,
        unique_fields=["visit", "revision"],
        update_fields=["review_reason", "priority", "score", "rate", "at"],
    )
    return kept


def _flags(results: Sequence[Result], at: datetime) -> list[Flag]:
    return [
        Flag(
            visit_id=result.visit,
            revision=result.revision,
            code=finding.code,
            number=finding.number,
            limit=finding.limit,
            facts=finding.facts,
            weight=finding.weight,
            version=FLAGS[finding.code].version,
            raised_at=at,
        )
        for result in results
        for finding in result.findings
    ]


def _screening(result: Result, review_reason: ReviewReason, at: datetime) -> Screening:
    return Screening(
        visit_id=result.visit,
        revision=result.revision,
        review_reason=review_reason,
        priority=priority_of(result.findings),
        score=score_of(result.findings),
        rate=result.rate,
        at=at,
    )


def earlier_screenings(visit_ids: Sequence[int]) -> dict[tuple[int, int], Screening]:
    """(visit, revision) → its screening."""
    known = Screening.objects.filter(visit__in=visit_ids)
    return {(one.visit_id, one.revision): one for one in known}


def approve_unseen(*, visits: Sequence[Visit], at: datetime) -> list[Visit]:
    """Approve by rule what is neither flagged nor on somebody's desk; returns those.

    The caller holds the visits and has seen that they wait. Asked of the database once more: a
    flag, and a lease that has not run out, forbid it.
    """
    ids = [visit.pk for visit in visits]
    flags = Flag.objects.filter(visit__in=ids, weight__gt=0)
    flagged = set(flags.values_list("visit_id", "revision"))
    leases = Lease.objects.filter(visit__in=ids, expires_at__gt=at)
    leased = set(leases.values_list("visit_id", flat=True))
    free = [
        visit
        for visit in visits
        if (visit.pk, visit.revision) not in flagged and visit.pk not in leased
    ]
    Visit.objects.filter(pk__in=[visit.pk for visit in free], state=VisitState.SUBMITTED).update(
        state=VisitState.APPROVED
    )
    Decision.objects.bulk_create(
        Decision(
            visit=visit,
            revision=visit.revision,
            from_state=VisitState.SUBMITTED,
            to_state=VisitState.APPROVED,
            by=None,
            how=How.RULE,
            at=at,
        )
        for visit in free
    )
    return free


def keep_looks(looks: Mapping[int, bytes]) -> None:
    """Photo → its 32 × 32 greys; those known already stay."""
    PhotoLook.objects.bulk_create(
        [PhotoLook(photo_id=photo, greys=greys) for photo, greys in looks.items()],
        ignore_conflicts=True,
    )


def set_rate(*, key: str, value: float, by: User, at: datetime) -> float:
    """Write one setting and return what it was; Invalid for an unknown one or outside its range."""
    kind = RATES.get(key)
    if kind is None:
        raise Invalid(_("Unknown setting."), field="key")
    if not kind.low <= value <= kind.high:
        raise Invalid(out_of_range(kind), field="value")
    known = Rate.objects.select_for_update().filter(key=key).first()
    Rate.objects.update_or_create(
        key=key, defaults={"value": value, "changed_at": at, "changed_by": by}
    )
    return known.value if known else kind.default
