"""What a browser paints a map of: squares with the figures of the files, on the city's wards.

Made from the very cells that the page shows in its table. Colours and whole per cent are worked
out here, so that no script has to round or to compare a share by itself.
"""

import json
from collections.abc import Sequence
from functools import lru_cache

from shapely import Polygon

from tracker.languages import LANGUAGES, in_language, short_code
from tracker.months import month_text
from tracker.places.atlas.cities import AREA_NAMES, City
from tracker.places.boundaries import Version, boundary_version
from tracker.places.grid import LAT_STEPS, LON_ORIGIN, LON_STEPS, origin
from tracker.places.outlines import Ring, polygons_of
from tracker.publication.drawing.lattice import place_of
from tracker.publication.drawing.scene import fill_of
from tracker.publication.figures.cells import Cell
from tracker.publication.figures.filters import Filter
from tracker.publication.figures.words import whole_percent
from tracker.publication.files.columns import Value
from tracker.publication.files.geojson_file import DIGITS, FIGURES, closed
from tracker.publication.files.json_file import json_pieces

NAMES = (
    *("geo_code", "column", "row", "fill"),
    *(column.name for column in FIGURES),
    *("percent", "percent_low", "percent_high"),
)


def map_data_of(shown: Filter, cells: Sequence[Cell]) -> bytes:
    """JSON in UTF-8: `columns` once, then one list for each square. Missing is null.

    A square lies `column` steps east of `west`, `row` steps north of the equator; `steps_east`
    and `steps_north` are steps in a degree. Cells are squares of one level, at least one.
    """
    size = origin(cells[0].code)[2]
    head = {
        "period": month_text(shown.month),
        "city": shown.city.slug,
        "geo_level": shown.level.value,
        "segment": shown.segment,
        "measure": shown.measure.value,
        "west": LON_ORIGIN,
        "steps_east": LON_STEPS // size,
        "steps_north": LAT_STEPS // size,
    }
    return "".join(json_pieces(head, NAMES, (_row(shown, cell) for cell in cells))).encode()


def _row(shown: Filter, cell: Cell) -> list[Value]:
    place = place_of(cell.code)
    figures = [column.value(shown, cell) for column in FIGURES]
    return [str(cell.code), place.column, place.row, fill_of(cell), *figures, *_percents(cell)]


def _percents(cell: Cell) -> list[Value]:
    if cell.share is None or cell.interval is None:
        return [None, None, None]
    return [whole_percent(one) for one in (cell.share, *cell.interval)]


def ground_data_of(city: City) -> bytes:
    """GeoJSON of the wards of a city, no figures; `label` is where a name lies well inside."""
    return _ground(city, boundary_version())


@lru_cache(maxsize=8)
def _ground(city: City, version: Version) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {
                "geo_code": code,
                **_names(code),
                "label": _inside(polygons),
            },
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[closed(ring) for ring in rings] for rings in polygons],
            },
        }
        for code, polygons in polygons_of(city.value).items()
    ]
    ground = {"type": "FeatureCollection", "features": features}
    return json.dumps(ground, ensure_ascii=False, separators=(",", ":")).encode()


def _names(code: str) -> dict[str, str]:
    """`name_ja` and so on, for every language of the interface."""
    return {
        f"name_{short_code(language)}": in_language(AREA_NAMES[code], language)
        for language in LANGUAGES
    }


def _inside(polygons: list[list[Ring]]) -> list[float]:
    largest = max((Polygon(rings[0], rings[1:]) for rings in polygons), key=lambda one: one.area)
    point = largest.representative_point()
    return [round(point.x, DIGITS), round(point.y, DIGITS)]
