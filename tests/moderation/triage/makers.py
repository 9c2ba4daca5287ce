"""Small makers of facts: a shop in Ginza, an entry at its door, at noon."""

from dataclasses import replace
from math import cos, radians

from tracker.moderation.triage.arithmetic import METRES_PER_E7
from tracker.moderation.triage.facts import EntryPlace, Facts, Record
from tracker.places.grid import Fix

LAT, LON = 356_717_000, 1_397_650_000
NOON = 1_773_457_200.0  # 14 March 2026, noon in Tokyo
DAY = 86_400.0


def place(shop: int = 1, *, north: float = 0, east: float = 0, **values: str) -> EntryPlace:
    """A shop so many metres from the first one."""
    spot = at(north, east)
    chosen = {"ward": "13102", "segment": "drugstore"} | values
    return EntryPlace(shop, spot.lat_e7, spot.lon_e7, **chosen)


def at(north: float = 0, east: float = 0, accuracy: int | None = 10) -> Fix:
    """A fix so many metres from the first shop."""
    lat = LAT + round(north / METRES_PER_E7)
    return Fix(lat, LON + round(east / METRES_PER_E7 / cos(radians(LAT / 1e7))), accuracy)


def entry(key: int = 1, **values: object) -> Record:
    """An answered entry of the phone, in every way ordinary; `at` moves its receipt, too."""
    ordinary = Record(
        key=key,
        worker=1,
        place=place(),
        at=NOON,
        received=NOON + 5,
        answers=("yes", "no", "not_checked"),
        evidence="till_sign",
        fixes=(at(),),
        seconds=12.0,
        offset_s=1.0,
        is_app=True,
    )
    if "at" in values and "received" not in values:
        values["received"] = float(str(values["at"])) + 5
    return replace(ordinary, **values)  # type: ignore[arg-type]


def facts(one: Record | None = None, **values: object) -> Facts:
    """An entry that is not among the first of its worker, and nothing else known."""
    return replace(Facts(entry=one or entry(), number=100), **values)  # type: ignore[arg-type]
