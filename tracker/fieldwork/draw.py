"""The key of a survey period, with which the shops to be photographed are drawn."""

from datetime import datetime

from django.utils.crypto import salted_hmac

from tracker.months import month_of, quarter_text


def period_of(at: datetime) -> str:
    """The survey period in which a moment lies: the quarter of its Tokyo month."""
    return quarter_text(month_of(at))


def key_of(period: str) -> bytes:
    """The key of a period, out of SECRET_KEY: not guessable, and the same on every machine.

    A new SECRET_KEY in the middle of a period draws other shops for the rest of it.
    """
    return salted_hmac("tracker.fieldwork.draw", period, algorithm="sha256").digest()
