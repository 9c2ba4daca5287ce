"""GeoJSON of one level: each area once, with the figures of every measure beside each other."""

import json
from collections.abc import Iterator

from tracker.months import month_text
from tracker.places.atlas.cities import City
from tracker.places.grid import bounds
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.places.outlines import Ring, polygons_of
from tracker.publication.files.columns import COLUMNS, Value
from tracker.publication.files.table import SQUARES, FileTable, TableQuestion
from tracker.survey.measures import FIRST_MEASURE, Measure

FIGURES = tuple(column for column in COLUMNS if column.is_figure)
DIGITS = 6  # of degrees: 0.1 m


def geojson_pieces(table: FileTable, level: AreaLevel, head: dict[str, object]) -> Iterator[str]:
    """Pieces of a FeatureCollection (RFC 7946) for the last month, all shops.

    `head` is said of the whole; readers that do not know its names pass over them.
    """
    text = json.dumps({"type": "FeatureCollection", **head}, ensure_ascii=False)
    yield text[:-1] + ', "features": [\n'
    wards = {} if level in SQUARES else _wards()
    for number, code in enumerate(table.areas(level)):
        polygons = [[_square(code)]] if level in SQUARES else wards[code]
        feature = {
            "type": "Feature",
            "id": f"{code:05d}",
            "properties": properties_of(table, level, code),
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        yield (",\n" if number else "") + json.dumps(
            feature, ensure_ascii=False, separators=(",", ":")
        )
    yield "\n]}\n"


def properties_of(table: FileTable, level: AreaLevel, code: int) -> dict[str, Value]:
    """Names and codes, then `measure_column` for every column that differs by measure."""
    cell = table.cell(level, code, FIRST_MEASURE)
    found: dict[str, Value] = {
        "release_id": table.release,
        "period": month_text(table.last_month),
        "geo_level": level.value,
        "geo_code": cell.code_text,
        "geo_name_ja": cell.name_ja,
        "geo_name_en": cell.name_en,
        "geo_name_zh": cell.name_zh_hans,
        "segment": ALL_SEGMENTS,
    }
    for measure in Measure:
        cell = table.cell(level, code, measure)
        question = TableQuestion(table.last_month, ALL_SEGMENTS, measure, table.release)
        for column in FIGURES:
            found[f"{measure.value}_{column.name}"] = column.value(question, cell)
    return found


def _wards() -> dict[int, list[list[Ring]]]:
    found = {}
    for city in City:
        for code, polygons in polygons_of(city.value).items():
            found[int(code)] = [[closed(ring) for ring in rings] for rings in polygons]
    return found


def _square(code: int) -> Ring:
    edges = bounds(code)
    return closed(
        [
            (edges.west, edges.south),
            (edges.east, edges.south),
            (edges.east, edges.north),
            (edges.west, edges.north),
        ]
    )


def closed(ring: Ring) -> Ring:
    """Rounded, and ending where it began."""
    points = [(round(x, DIGITS), round(y, DIGITS)) for x, y in ring]
    return points if points[0] == points[-1] else [*points, points[0]]
