"""A phone takes an entry back by its UUID, perhaps twice, perhaps before the entry has its shop."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.errors import Absent, Stale
from tracker.fieldwork.models import Visit
from tracker.fieldwork.parked import ParkedEntry
from tracker.fieldwork.states import VisitState
from tracker.workflows.entries.visits import withdraw_visit


def take_back(*, uuid: UUID, by: User, at: datetime) -> None:
    """Withdraw an own entry; a second time changes nothing. Raises Absent, Stale, Refused."""
    check_may(by, Action.WITHDRAW_VISIT)
    visit = Visit.objects.filter(uuid=uuid, worker=by).first()
    if visit is None:
        if ParkedEntry.objects.filter(uuid=uuid, worker=by).exists():
            raise Stale(
                _(
                    "This entry is still waiting for its shop. Withdraw it once the "
                    "shop has arrived."
                )
            )
        raise Absent(_("Entry not found, or it is not yours."))
    if visit.state in (VisitState.APPROVED, VisitState.REJECTED):
        raise Stale(
            _("This entry has already been decided (%(state)s) and can no longer be withdrawn.")
            % {"state": VisitState(visit.state).label}
        )
    if visit.state != VisitState.WITHDRAWN:
        withdraw_visit(visit=visit, by=by, at=at)
