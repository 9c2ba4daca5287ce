"""What a page brings along so that its squares can be painted by the browser."""

import logging
from dataclasses import dataclass

from django.urls import reverse

from tracker.publication.figures import Cell
from tracker.publication.filters import Filter
from tracker.publication.map_data import map_data_of
from tracker.publication.map_shelf import keep
from tracker.vocabulary import AreaLevel

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LiveMap:
    """`squares` is where the figures of this page, and no others, lie as map data."""

    squares: str


def live_map_of(shown: Filter, cells: list[Cell]) -> LiveMap | None:
    """For squares as of now; None where there are none, or no place to put them.

    Days that somebody asks about are without end, and each would leave files on the shelf.
    """
    if shown.level == AreaLevel.WARD or shown.known_on is not None or not cells:
        return None
    try:
        sha256 = keep(map_data_of(shown, cells))
    except OSError:
        logger.exception("map data could not be kept")  # the page itself shows everything
        return None
    return LiveMap(squares=reverse("map-data", args=[sha256]))
