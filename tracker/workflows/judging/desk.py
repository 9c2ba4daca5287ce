"""A moderator at the desk: what is on it, what goes to the end, which keys work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.accounts import actions as accounts
from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may, may
from tracker.errors import Invalid, Refused, TrackerError
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import PhotoState
from tracker.moderation import actions, leases
from tracker.moderation.four_eyes import check_may_judge
from tracker.moderation.kinds import How
from tracker.moderation.queries import flags_of, screening_of
from tracker.moderation.transitions import Move
from tracker.workflows.judging import moderate

TOGETHER = 20  # entries that one page may approve


def open_queue(*, among: QuerySet[Visit], by: User, at: datetime) -> list[int]:
    """Take ten of these waiting entries for ten minutes; the ids of what is on the desk.

    An admin looks on and takes nothing.
    """
    return leases.take_leases(among=among, by=by, at=at) if may(by, Action.DECIDE) else []


def renew(*, by: User, at: datetime) -> datetime:
    """Still at work: ten more minutes for what is on the desk; when they end."""
    check_may(by, Action.DECIDE)
    return leases.renew_leases(by=by, at=at)


def leave(*, by: User, until: datetime | None = None) -> int:
    """Give back what is on the desk, as far as no later page has renewed it; how many."""
    check_may(by, Action.DECIDE)
    return leases.release_leases(by=by, until=until)


@transaction.atomic
def skip(*, visit: Visit, by: User, at: datetime) -> None:
    """Put an entry at the end of the own queue; for everybody else it stays where it is."""
    check_may(by, Action.DECIDE)
    check_may_judge(by, visit)
    actions.put_last(visit=visit, by=by, at=at)
    leases.release_lease_of(visit=visit, by=by)


def set_letter_keys(*, are_on: bool, by: User) -> None:
    """Switch the single-letter keys of the desk on or off for the person."""
    check_may(by, Action.SEE_QUEUE)
    accounts.set_letter_keys(person=by, are_on=are_on)


@dataclass(frozen=True)
class Approved:
    """What became of one entry of a bulk. `problem` is empty where it was approved."""

    visit: Visit
    problem: str


def approve_together(
    *, chosen: Sequence[tuple[UUID, int]], by: User, at: datetime
) -> list[Approved]:
    """Approve several unflagged entries, each in its own transaction, and say of each how it went.

    `chosen` are UUIDs and the revisions whose photos were on the screen. Invalid for more than
    twenty.
    """
    check_may(by, Action.DECIDE)
    wanted = dict(chosen)
    if len(wanted) > TOGETHER:
        raise Invalid(
            _("At most %(number)s entries can be approved at once.") % {"number": TOGETHER}
        )
    visits = (
        Visit.objects.select_related("shop")
        .prefetch_related("photos")
        .in_bulk(list(wanted), field_name="uuid")
    )
    return [
        _approve_one(visits[uuid], revision, by, at)
        for uuid, revision in wanted.items()
        if uuid in visits
    ]


def _approve_one(visit: Visit, revision: int, by: User, at: datetime) -> Approved:
    try:
        check_may_go_together(visit)
        moderate.decide(
            visit=visit,
            revision=revision,
            move=Move.APPROVE,
            reasons=[],
            note="",
            by=by,
            at=at,
            how=How.BULK,
        )
    except TrackerError as error:
        return Approved(visit, error.message)
    return Approved(visit, "")


def check_may_go_together(visit: Visit) -> None:
    """Raise Refused for an entry that has to be looked at by itself."""
    if screening_of(visit) is None:
        raise Refused(_("It has not been screened yet. Review it individually."))
    if flags_of(visit).exists():
        raise Refused(_("It is flagged. Review it individually."))
    states = {photo.state for photo in visit.photos.all()}
    if states != {PhotoState.READY}:
        raise Refused(_("Its photo is not on the screen. Review it individually."))
