"""Which shops are to be visited, and where a photo is asked for. Pure: no Django.

Neither may depend on an answer: if reporting a change cost a photo, or made a shop due, people
would learn to report none.
"""

import hmac
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tracker.months import day_of, day_start

DUE_DAYS = 90  # a visit older than this is due again
PHOTO_DAYS = 180  # a photo as old as this is asked for again
ONE_IN = 5  # of all shops, drawn anew in each survey period


class Due(StrEnum):
    NEVER = "never"
    DUE = "due"
    NOT_DUE = "not_due"


def due_of(last_on: date | None, *, today: date) -> Due:
    """Whether a shop is to be visited; `last_on` is the Tokyo day of its last visit by anybody."""
    if last_on is None:
        return Due.NEVER
    return Due.DUE if (today - last_on).days > DUE_DAYS else Due.NOT_DUE


def last_due(at: datetime) -> datetime:
    """The moment before which a visit must lie for its shop to be due by now.

    A shop that is visited once more for the sake of the survey is told as it looked before that
    moment, and then looks like any other that is due.
    """
    return day_start(day_of(at) - timedelta(days=DUE_DAYS))


def is_photo_asked(photographed_on: date | None, *, is_drawn: bool, today: date) -> bool:
    """Whether a photo is asked for: never or long not photographed, or drawn."""
    if photographed_on is None or is_drawn:
        return True
    return (today - photographed_on).days >= PHOTO_DAYS


def is_drawn(shop: UUID, *, key: bytes) -> bool:
    """One shop in five, the same for everybody with the key of the survey period.

    A keyed hash, so that nobody without the key knows which shops come next.
    """
    draw = int.from_bytes(hmac.digest(key, shop.bytes, "sha256")[:8])
    return draw * ONE_IN < 2**64
