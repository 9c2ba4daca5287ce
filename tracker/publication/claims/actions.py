"""Add a public claim, and take it off."""

from datetime import datetime
from typing import Any

from tracker.accounts.models import User
from tracker.publication.claims.models import PublicClaim


def add_claim(*, by: User, at: datetime, **fields: Any) -> PublicClaim:
    """IntegrityError where the address is taken."""
    return PublicClaim.objects.create(added_by=by, added_at=at, **fields)


def end_claim(*, claim: PublicClaim, at: datetime) -> bool:
    """False where it was taken off before."""
    shown = PublicClaim.objects.filter(pk=claim.pk, ended_at=None)
    return bool(shown.update(ended_at=at))
