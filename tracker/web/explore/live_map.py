"""What a page brings along so that a browser can paint its squares on a map that moves."""

import json
import logging
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.estimation.estimates import Tier
from tracker.languages import short_code
from tracker.places.kinds import AreaLevel
from tracker.publication.cache.map_data import ground_data_of, map_data_of
from tracker.publication.cache.map_store import keep
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell
from tracker.publication.figures.filters import Filter

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LiveMap:
    """Addresses. `squares` holds the figures of this page and no others, `ground` the wards.

    `library` is the folder of the painter; `tiles` a pattern of addresses, or empty. `words` is
    JSON with all that the script says.
    """

    squares: str
    ground: str
    library: str
    tiles: str
    words: str


def live_map_of(shown: Filter, cells: list[Cell]) -> LiveMap | None:
    """For squares as of now; None where there are none, or no place to put them.

    Days that somebody asks about are without end, and each would leave files on the store.
    """
    if shown.level == AreaLevel.WARD or shown.as_of is not None or not cells:
        return None
    try:
        kept = [keep(data) for data in (map_data_of(shown, cells), ground_data_of(shown.city))]
    except OSError:
        logger.exception("map data could not be kept")  # the page itself shows everything
        return None
    squares, ground = (reverse("map-data", args=[sha256]) for sha256 in kept)
    return LiveMap(
        squares=squares,
        ground=ground,
        library=f"{settings.STATIC_URL}{settings.MAPLIBRE}/" if settings.MAPLIBRE else "",
        tiles=settings.BASEMAP_TILES,
        words=json.dumps(_words(), ensure_ascii=False),
    )


def _words() -> dict[str, object]:
    """In braces stand the places that the script fills in."""
    return {
        "name": f"name_{short_code(get_language() or settings.LANGUAGE_CODE)}",
        "open": _("Interactive map"),
        "close": _("Back to the static map"),
        "loading": _("The interactive map is loading."),
        "failed": _(
            "The interactive map could not be loaded. The static map has the same figures."
        ),
        "gone": _("This map data is no longer available. Reload the map page."),
        "closer": _("Zoom in to see the squares."),
        "press": _("Select a square to see its figure."),
        "nothing": _("No shop has been observed here."),
        "told": _told(),
        "few": _("Square %(code)s: %(tier)s, n = %(n)s")
        % {"code": "{code}", "tier": words.tier_word(Tier.TOO_FEW), "n": "{n}"},
        "tiers": {tier.value: words.tier_word(tier) for tier in Tier},
        "controls": _controls(),
    }


def _told() -> str:
    return _("Square %(code)s: %(share)s, 95 %% interval %(low)s–%(high)s, n = %(n)s, %(tier)s") % {
        "code": "{code}",
        "share": words.with_percent("{percent}"),
        "low": words.with_percent("{low}"),
        "high": words.with_percent("{high}"),
        "n": "{n}",
        "tier": "{tier}",
    }


def _controls() -> dict[str, str]:
    """The painter's own words, under its names for them."""
    return {
        "Map.Title": _("Map of the squares (figures in the table)"),
        "NavigationControl.ZoomIn": _("Zoom in"),
        "NavigationControl.ZoomOut": _("Zoom out"),
        "CooperativeGesturesHandler.WindowsHelpText": _("Ctrl and scroll to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": _("⌘ and scroll to zoom the map"),
        "CooperativeGesturesHandler.MobileHelpText": _("Move the map with two fingers"),
    }
