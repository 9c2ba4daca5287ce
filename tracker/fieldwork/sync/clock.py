"""When a visit was made, by a phone's clock that may be wrong. Pure.

Nothing is refused for its clock: what cannot be becomes the time of receipt.
"""

from datetime import datetime, timedelta

from tracker.fieldwork.validators import FIRST_MOMENT


def offset_between(server: datetime, phone: datetime | None) -> int | None:
    """Server minus phone in milliseconds; None where the phone has no time."""
    return None if phone is None else (server - phone) // timedelta(milliseconds=1)


def observed_at(
    device_time: datetime | None, offset_ms: int | None, *, received_at: datetime
) -> datetime:
    """Phone time corrected by the offset, never before 2015 and never after the receipt."""
    if device_time is None:
        return received_at
    try:
        moment = device_time + timedelta(milliseconds=offset_ms or 0)
    except OverflowError:
        return received_at
    return moment if FIRST_MOMENT <= moment <= received_at else received_at
