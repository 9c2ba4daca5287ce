"""What the day plan knows of shops, and hides of those that are to be visited again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from tracker.adoption.present import present_statuses
from tracker.fieldwork.due import last_due
from tracker.fieldwork.rounds import last_photos, last_visits


class PlanKnown(NamedTuple):
    """Shop → its last visit, its last visit with a photo, its statuses."""

    visited: dict[int, datetime]
    photographed: dict[int, datetime]
    statuses: dict[int, dict[str, bool]]


def known_of(survivors: Mapping[int, int], again: Collection[int], at: datetime) -> PlanKnown:
    """What is known of the shops; of those in `again` what was known before they were due.

    So nothing in their row comes from the visit that is repeated: not its day, not its photo, and
    no digest by which a phone could tell whether the new answer differs from it.
    """
    plain = {shop: into for shop, into in survivors.items() if into not in again}
    hidden = {shop: into for shop, into in survivors.items() if into in again}
    known = _known_before(plain, None, at)
    if not hidden:
        return known
    early = _known_before(hidden, last_due(at), at)
    return PlanKnown(
        known.visited | early.visited,
        known.photographed | early.photographed,
        known.statuses | early.statuses,
    )


def _known_before(survivors: Mapping[int, int], before: datetime | None, at: datetime) -> PlanKnown:
    return PlanKnown(
        last_visits(survivors, before=before),
        last_photos(survivors, before=before),
        present_statuses(survivors, at=at, before=before),
    )
