"""A small map of one entry: the shop, where the phone was, how sure it was. Pure geometry.

North is up, the shop is in the middle, one unit of the picture is the same length everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from tracker.places.grid import E7

WIDTH, HEIGHT = 320, 240
MARGIN = 1.15  # of the farthest thing, so that nothing touches the edge
CLOSEST = 30.0  # metres from the middle to the edge: nearer than this a phone does not know
METRES_PER_DEGREE = 111_195.0
LONGEST_BAR = 110  # units of the picture
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class MapPlace:
    """A point on the ground: whole 1e-7 degrees; the accuracy in metres where it is known."""

    lat_e7: int
    lon_e7: int
    accuracy_m: int | None = None


@dataclass(frozen=True)
class MapSpot:
    """A fix in the picture. `radius` is that of its accuracy, 0 where it is not known."""

    number: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class PlaceMap:
    spots: list[MapSpot]
    bar: float  # length of the scale bar, in units of the picture
    bar_metres: int
    width: int = WIDTH
    height: int = HEIGHT
    middle_x: float = WIDTH / 2
    middle_y: float = HEIGHT / 2

    @property
    def bar_text(self) -> str:
        if self.bar_metres < 1000:
            return f"{self.bar_metres} m"
        return f"{self.bar_metres // 1000} km"

    @property
    def bar_end(self) -> float:
        return 12 + self.bar


def place_map(shop: MapPlace, fixes: Sequence[MapPlace]) -> PlaceMap:
    """The picture of a shop and its fixes, numbered from 1 in the order given."""
    ground = [(*_metres(shop, fix), fix.accuracy_m or 0) for fix in fixes]
    across = max([CLOSEST, *(abs(east) + reach for east, _north, reach in ground)])
    along = max([CLOSEST, *(abs(north) + reach for _east, north, reach in ground)])
    scale = min(WIDTH / 2 / (across * MARGIN), HEIGHT / 2 / (along * MARGIN))
    bar_metres = round_length(LONGEST_BAR / scale)
    return PlaceMap(
        spots=[
            MapSpot(
                number,
                round(WIDTH / 2 + east * scale, 1),
                round(HEIGHT / 2 - north * scale, 1),
                round(reach * scale, 1),
            )
            for number, (east, north, reach) in enumerate(ground, start=1)
        ],
        bar=round(bar_metres * scale, 1),
        bar_metres=bar_metres,
    )


def round_length(metres: float) -> int:
    """The longest of 1, 2, 5, 10, 20, 50 … metres that is not longer than this."""
    best, power = 1, 1
    while power <= metres:
        best = max([step * power for step in STEPS if step * power <= metres], default=best)
        power *= 10
    return best


def metres_apart(one: MapPlace, other: MapPlace) -> float:
    """Along the ground; exact enough for a town."""
    return hypot(*_metres(one, other))


def _metres(origin: MapPlace, place: MapPlace) -> tuple[float, float]:
    """How far east and north of the origin."""
    east = (place.lon_e7 - origin.lon_e7) / E7 * METRES_PER_DEGREE
    north = (place.lat_e7 - origin.lat_e7) / E7 * METRES_PER_DEGREE
    return east * cos(radians(origin.lat_e7 / E7)), north
