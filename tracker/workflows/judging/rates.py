"""An administrator sets how much is looked at."""

from datetime import datetime

from django.db import transaction

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.moderation.screening import actions


@transaction.atomic
def change_rate(*, key: str, value: float, by: User, at: datetime) -> None:
    """Set one rate of sampling. Raises Refused, Invalid."""
    check_may(by, Action.USE_ADMIN)
    before = actions.set_rate(key=key, value=value, by=by, at=at)
    log.record(
        kind="rate_changed",
        actor=by,
        subject_type="rate",
        subject_id=key,
        at=at,
        facts={"from": str(before), "to": str(value)},
    )
