"""Which shops stand in one building. Pure: no Django.

Shops are of one building where they share an address that has a house number, or where they
stand at most 15 m apart and the floor of one of them is known: who writes down a floor stands
in a building of several. Both rules are links, and links make chains: a shopping street with
a floor here and there would become one building from end to end. So a link counts only while
the building stays within 60 m from corner to corner, addresses first, then the short links
before the long ones. A department store longer than that falls into parts; a quarter whose
shops all carry its name alone does not become a house.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import cos, hypot, radians
from typing import NamedTuple

NEAR_METRES = 15
LONGEST_METRES = 60  # from corner to corner of the box around a building
METRES_PER_UNIT = 0.0111195  # of 1e-7 degrees of latitude
SPOT_LAT, SPOT_LON = 180, 220  # 1e-7 degrees: squares of 2 m, which no phone can tell apart
_QUARTER = re.compile(r"\d+丁目|\s+")  # the number of a quarter is not that of a house


class BuildingSpot(NamedTuple):
    """What is asked of a shop: 1e-7 degrees, and what is known of its floor and address."""

    lat_e7: int
    lon_e7: int
    floor: str
    address: str


class _Node(NamedTuple):
    """Shops that cannot be told apart here: metres north and east, whether a floor is known."""

    north: float
    east: float
    has_floor: bool


class _Joined:
    """Sets of nodes and the boxes around them; a union is refused where the box grows too long."""

    def __init__(self, nodes: Sequence[_Node]) -> None:
        self.parents = list(range(len(nodes)))
        self.boxes = [(node.north, node.east, node.north, node.east) for node in nodes]

    def root(self, node: int) -> int:
        while self.parents[node] != node:
            self.parents[node] = node = self.parents[self.parents[node]]
        return node

    def join(self, one: int, other: int) -> bool:
        """Make two sets one; False where that would be too long for a building."""
        one, other = self.root(one), self.root(other)
        (south, west, north, east), box = self.boxes[one], self.boxes[other]
        south, west = min(south, box[0]), min(west, box[1])
        north, east = max(north, box[2]), max(east, box[3])
        if hypot(north - south, east - west) > LONGEST_METRES:
            return False
        self.parents[other], self.boxes[one] = one, (south, west, north, east)
        return True


def buildings_of(spots: Sequence[BuildingSpot]) -> list[int]:
    """A number for each shop, the same for shops of one building, from 1; 0 where it is alone."""
    node_of, nodes, addresses = _nodes(spots)
    joined = _Joined(nodes)
    for members in addresses.values():
        _join_where_it_fits(joined, members)
    for _metres, one, other in sorted(_links(nodes)):
        joined.join(one, other)
    roots = [joined.root(node) for node in node_of]
    sizes = Counter(roots)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root, len(numbers) + 1) if sizes[root] > 1 else 0 for root in roots]


def house_address(address: str) -> str:
    """The address in one spelling; empty where it names no house."""
    text = _QUARTER.sub("", unicodedata.normalize("NFKC", address).casefold())
    return text if re.search(r"\d", text) else ""


def _nodes(spots: Sequence[BuildingSpot]) -> tuple[list[int], list[_Node], dict[str, list[int]]]:
    """The node of each shop, the nodes, and the nodes at each address; in order of place.

    All shops of a square of 2 m where a floor is known are one node, at the place of the first,
    so that a tower of a thousand shops costs no more than a street of them.
    """
    squares = [(spot.lat_e7 // SPOT_LAT, spot.lon_e7 // SPOT_LON) for spot in spots]
    tall = {square for square, spot in zip(squares, spots, strict=True) if spot.floor}
    order = sorted(range(len(spots)), key=lambda place: spots[place])
    width = cos(radians(spots[order[0]].lat_e7 / 1e7)) * METRES_PER_UNIT if spots else 0.0
    numbers: dict[tuple[tuple[int, int], str], int] = {}
    node_of, nodes = [0] * len(spots), list[_Node]()
    addresses: defaultdict[str, list[int]] = defaultdict(list)
    for place in order:
        lat, lon, _floor, written = spots[place]
        address, has_floor = house_address(written), squares[place] in tall
        own = "" if has_floor else address or f"alone {place}"
        node = node_of[place] = numbers.setdefault((squares[place], own), len(numbers))
        if node == len(nodes):
            nodes.append(_Node(lat * METRES_PER_UNIT, lon * width, has_floor))
        if address:
            addresses[address].append(node)
    return node_of, nodes, addresses


def _join_where_it_fits(joined: _Joined, members: Sequence[int]) -> None:
    """Nodes of one address: each joins the newest part of the house that stays short."""
    parts: list[int] = []
    for node in dict.fromkeys(members):
        if not any(joined.join(part, node) for part in reversed(parts)):
            parts.append(node)


def _links(nodes: Sequence[_Node]) -> Iterator[tuple[float, int, int]]:
    """Pairs at most 15 m apart of which one has a floor, by squares of 15 m."""
    squares: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        row, column = int(node.north // NEAR_METRES), int(node.east // NEAR_METRES)
        for around in ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)):
            for other in squares.get(around, ()):
                if node.has_floor or nodes[other].has_floor:
                    metres = hypot(node.north - nodes[other].north, node.east - nodes[other].east)
                    if metres <= NEAR_METRES:
                        yield metres, other, number
        squares[row, column].append(number)
