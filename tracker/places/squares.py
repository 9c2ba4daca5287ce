"""Which municipalities a 1 km square touches: the list of the Statistics Bureau, from npm.

出典：「市区町村別メッシュ・コード一覧」（総務省統計局）, CC BY 4.0. Without the package the
other sources still locate shops; what is lost is the cross-check, the wards (all of Osaka) that
only squares tell, the address at a border of a city, and the approximate outlines.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from django.conf import settings

from tracker.places.atlas.cities import WARD_CODES, City, city_of

# Those of our cities and those that share squares with them.
PREFECTURES = sorted({code for city in City for code in city.facts.squares_of_prefectures})


@cache
def municipalities() -> dict[int, frozenset[str]]:
    """1 km square → codes of the municipalities it touches, for squares of our wards."""
    rows = list(_rows())
    ours = {square for code, square in rows if code in WARD_CODES}
    found: defaultdict[int, set[str]] = defaultdict(set)
    for code, square in rows:
        if square in ours:
            found[int(square)].add(code)
    return {square: frozenset(codes) for square, codes in found.items()}


def _rows() -> Iterator[tuple[str, str]]:
    """Code of a municipality and a square that it touches, as written."""
    folder = settings.NPM_DIR / "jp-data-mesh-csv" / "mirror"
    for prefecture in PREFECTURES:
        path = folder / f"{prefecture}.csv"
        if path.exists():
            with path.open(encoding="cp932", newline="") as file:
                rows = csv.reader(file)
                next(rows)
                yield from ((row[0], row[2]) for row in rows)


def are_missing() -> bool:
    """Whether the npm package is not installed."""
    return not municipalities()


def candidates(grid1000: int) -> frozenset[str]:
    """The municipalities that may own a point of the square; empty far from our wards."""
    return municipalities().get(grid1000, frozenset())


@cache
def squares_between_cities() -> dict[int, frozenset[City]]:
    """1 km squares that touch wards of more than one city, and which cities these are."""
    found = {
        square: frozenset(map(city_of, codes & WARD_CODES))
        for square, codes in municipalities().items()
    }
    return {square: cities for square, cities in found.items() if len(cities) > 1}


@cache
def neighbours_of(city: City) -> frozenset[City]:
    """Other cities that shops in the same 1 km square may lie in: all where nobody knows."""
    if are_missing():
        return frozenset(City) - {city}
    touching = (cities for cities in squares_between_cities().values() if city in cities)
    return frozenset().union(*touching) - {city}


@cache
def squares_of_wards() -> dict[str, tuple[list[int], list[int]]]:
    """Ward → its own squares, and the squares it shares with somebody."""
    found: dict[str, tuple[list[int], list[int]]] = {code: ([], []) for code in WARD_CODES}
    for square, codes in sorted(municipalities().items()):
        for code in codes & WARD_CODES:
            found[code][len(codes) > 1].append(square)
    return found
