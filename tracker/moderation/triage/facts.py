"""What the rules may know of an entry, as plain data. Pure: no Django.

Moments are seconds since 1970, corrected by the server; places are whole 1e-7 degrees.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tracker.moderation.triage.arithmetic import metres
from tracker.places.grid import Fix

ANSWERED = "answered"
REFUSING = frozenset({"closed_today", "closed_for_good", "not_found", "replaced", "refused"})
YES, NO, UNSURE = "yes", "no", "unsure"
SIDES = frozenset({YES, NO})


class EntryPlace(NamedTuple):
    """The shop as it is known now."""

    shop: int
    lat_e7: int
    lon_e7: int
    ward: str
    segment: str
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One visit in its newest revision."""

    key: int
    worker: int
    place: EntryPlace
    at: float  # observed
    received: float
    outcome: str = ANSWERED
    answers: tuple[str, ...] = ()  # in the order of the traits
    evidence: str = ""
    fixes: tuple[Fix, ...] = ()  # at saving and at opening the form, where there are any
    seconds: float | None = None  # from opening the form to saving it
    offset_s: float | None = None  # server minus phone
    is_app: bool = False  # seconds are exact, and the phone asked for what was due
    has_note: bool = False
    photos: int = 0  # received and usable
    declared: int = 0
    no_photo: str = ""
    state: str = "submitted"

    @property
    def moment(self) -> tuple[float, int]:
        """The order in which entries became known."""
        return (self.received, self.key)

    @property
    def slack(self) -> float:
        """Seconds by which the time may be off: the form in the browser tells minutes only."""
        return 1.0 if self.is_app else 60.0

    @property
    def has_time(self) -> bool:
        """Whether the phone knew when it was; else the time of receipt stands in."""
        return not self.is_app or self.at < self.received

    def off(self) -> float | None:
        """Metres between the shop and the nearer fix, less its accuracy; None without a fix."""
        if not self.fixes:
            return None
        return min(
            metres(fix.lat_e7, fix.lon_e7, self.place.lat_e7, self.place.lon_e7)
            - (fix.accuracy_m or 0)
            for fix in self.fixes
        )


def apart(one: Record, other: Record) -> float:
    """Metres between the shops of two entries."""
    return metres(one.place.lat_e7, one.place.lon_e7, other.place.lat_e7, other.place.lon_e7)


class PhotoMatch(NamedTuple):
    """Another entry with the same picture, or one that looks alike."""

    visit: int
    shop: int
    alike: float  # 0 to 1
    is_exact: bool  # the same file, or the same pixels
    how: str = ""  # whole, mirrored, cropped


class Duplicate(NamedTuple):
    """A shop beside this one with nearly the same name."""

    shop: int
    name: str
    metres: float


class ChainOfShop(NamedTuple):
    """What was answered of late in the other shops of the chain."""

    trait: int
    n: int
    alike: int  # of the n gave the answer that this entry does not give


@dataclass(frozen=True, slots=True)
class WorkerFinding:
    """What stands out in all the recent entries of a worker."""

    code: str
    number: float
    limit: float
    facts: dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that may be known of one entry when it came."""

    entry: Record
    number: int  # the worker's first entry is 1
    own: tuple[Record, ...] = ()  # of the worker, that came earlier, by time of observation
    shop: tuple[Record, ...] = ()  # of the shop, that came earlier, by time of observation
    quick_s: float | None = None  # the quickest tenth of the worker's peers took less
    is_photo_due: bool = False  # the phone asked for one
    is_overdue: bool = False  # announced photos had their time and have not come
    matches: tuple[PhotoMatch, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    is_new_shop: bool = False
    chains: tuple[ChainOfShop, ...] = ()
    worker: tuple[WorkerFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag before it is kept: what was measured, and against what."""

    code: str
    number: float
    limit: float
    weight: float
    facts: dict[str, str | int | float]
