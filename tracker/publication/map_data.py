"""The squares of a map as a browser paints them: the figures of the files, and where each lies.

Made from the very cells that the page shows in its table. Colours and whole per cent are worked
out here, so that no script has to round or to compare a share by itself.
"""

from collections.abc import Sequence

from tracker.months import month_text
from tracker.places.grid import LAT_STEPS, LON_ORIGIN, LON_STEPS, origin
from tracker.publication.columns import Value
from tracker.publication.figures import Cell
from tracker.publication.filters import CITY_SLUGS, Filter
from tracker.publication.geojson_file import FIGURES
from tracker.publication.json_file import json_pieces
from tracker.publication.lattice import place_of
from tracker.publication.scene import fill_of
from tracker.publication.words import whole_percent

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
        "city": CITY_SLUGS[shown.city],
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
