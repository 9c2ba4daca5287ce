"""Figures about somebody's own work, each with its n and its interval. Pure: no Django.

No ranks, no comparison with others: for that, and for why it is made with care, see `funnel`.
What each figure counts stands in its help text, in `quality_words`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from tracker.intervals import median, median_interval, wilson

DAYS = 30  # the figures are of so many days, today among them
WEEK = 7
FEWEST = 20  # cases; under this nothing is said
FAR_METRES = 60  # further from the shop than this, after the accuracy is taken off, is far


class Unit(StrEnum):
    ENTRIES = "entries"
    DAYS = "days"
    SECONDS = "seconds"
    SHARE = "share"


@dataclass(frozen=True)
class EntryFacts:
    """What counts of one entry. None: the question does not arise, and the entry is left out."""

    on: date  # the Tokyo day on which it was observed
    hour: int  # of that day, 0 to 23
    filled_ms: int | None  # from open to save, by the phone
    was_returned: bool | None  # None: not judged yet
    unsure: Mapping[str, bool]  # trait that was looked at → whether the answer is “unsure”
    lacks_photo: bool | None  # None: none was asked for, or it is still on its way
    metres_off: float | None  # distance to the shop less the accuracy; None without a position
    was_changed: bool | None  # after a notice of a difference; None: there was no notice


class QualityFigure(NamedTuple):
    """One figure. `value`, `low` and `high` are None where n is too small to say."""

    key: str
    unit: Unit
    n: int
    hits: int  # of n; for a share only
    value: float | None
    low: float | None = None
    high: float | None = None


def figures_of(entries: Sequence[EntryFacts], *, traits: Iterable[str]) -> list[QualityFigure]:
    """All figures, always the same ones in the same order."""
    return [
        QualityFigure("entries", Unit.ENTRIES, len(entries), 0, len(entries)),
        QualityFigure("days", Unit.DAYS, len(entries), 0, len({entry.on for entry in entries})),
        _median("seconds", [entry.filled_ms for entry in entries]),
        _share("returned", [entry.was_returned for entry in entries]),
        *(
            _share(f"unsure_{trait}", [one.unsure.get(trait) for one in entries])
            for trait in traits
        ),
        _share("no_photo", [entry.lacks_photo for entry in entries]),
        _share("far", [_is_far(entry.metres_off) for entry in entries]),
        _share("no_position", [entry.metres_off is None for entry in entries]),
        _share("changed", [entry.was_changed for entry in entries]),
    ]


def days_of(entries: Iterable[EntryFacts], *, today: date) -> list[tuple[date, int]]:
    """The last seven days, today first, with the number of entries of each."""
    days = [today - timedelta(days=back) for back in range(WEEK)]
    counts = dict.fromkeys(days, 0)
    for entry in entries:
        if entry.on in counts:
            counts[entry.on] += 1
    return list(counts.items())


def hours_of(entries: Sequence[EntryFacts]) -> list[QualityFigure]:
    """The share of each of the 24 hours of the day, in Tokyo."""
    return [_share(f"hour_{hour}", [entry.hour == hour for entry in entries]) for hour in range(24)]


def _is_far(metres_off: float | None) -> bool | None:
    return None if metres_off is None else metres_off > FAR_METRES


def _share(key: str, cases: Iterable[bool | None]) -> QualityFigure:
    known = [case for case in cases if case is not None]
    n, hits = len(known), sum(known)
    if n < FEWEST:
        return QualityFigure(key, Unit.SHARE, n, hits, None)
    return QualityFigure(key, Unit.SHARE, n, hits, hits / n, *wilson(hits, n))


def _median(key: str, milliseconds: Iterable[int | None]) -> QualityFigure:
    seconds = [value / 1000 for value in milliseconds if value is not None]
    n, interval = len(seconds), median_interval(seconds)
    if n < FEWEST or interval is None:
        return QualityFigure(key, Unit.SECONDS, n, 0, None)
    return QualityFigure(key, Unit.SECONDS, n, 0, median(seconds), *interval)
