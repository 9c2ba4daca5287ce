"""Figures in words, in the reader's language: number, interval and n in one breath."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tracker.adoption.estimation.estimates import Tier
from tracker.adoption.estimation.weighting import CityEstimate
from tracker.months import TOKYO, month_start
from tracker.places.kinds import ALL_SEGMENTS, Segment
from tracker.places.queries import has_invented_shops
from tracker.publication.figures.cells import DIGITS, Cell
from tracker.publication.figures.filters import Filter
from tracker.publication.figures.licence import LICENCE_NAME
from tracker.survey.measures import Measure


def whole_percent(share: float) -> int:
    """A share as it is told: that of the files without decimals, half a per cent rounded up.

    So that who has only the file finds the same number, 0.5 among the last digits included.
    """
    told = Decimal(str(round(share, DIGITS)))
    return int((100 * told).quantize(Decimal(1), ROUND_HALF_UP))


def percent(share: float) -> str:
    """A share as whole per cent, with the sign."""
    return with_percent(whole_percent(share))


def with_percent(number: int | str) -> str:
    return _("%(number)s%%") % {"number": number}


def month_name(month: int) -> str:
    """A month as people write it."""
    return date_format(month_start(month).astimezone(TOKYO), "YEAR_MONTH_FORMAT")


def shops(number: int) -> str:
    return ngettext("%(number)s shop", "%(number)s shops", number) % {"number": f"{number:,}"}


def segment_name(segment: str) -> str:
    return _("All shops") if segment == ALL_SEGMENTS else str(Segment(segment).label)


def figure_sentence(cell: Cell) -> str:
    """Like “42 %, between 36 and 48, 212 shops”, or why there is no such figure."""
    if cell.tier == Tier.NOT_SURVEYED:
        return _("not surveyed")
    if cell.interval is None or cell.share is None:
        return _("not enough data (n = %(number)s)") % {"number": cell.count.observed}
    return _("%(share)s, between %(low)s and %(high)s, %(shops)s") % {
        "share": percent(cell.share),
        "low": percent(cell.interval.low),
        "high": percent(cell.interval.high),
        "shops": shops(cell.count.observed),
    }


def title_of(wanted: Filter) -> str:
    return _("%(measure)s in %(city)s") % {
        "measure": Measure(wanted.measure).label,
        "city": wanted.city.label,
    }


def subtitle_of(wanted: Filter, cells: list[Cell]) -> str:
    """Month, segment, level and how many shops stand behind the map."""
    observed = sum(cell.count.observed for cell in cells)
    return _("End of %(month)s · %(segment)s · by %(level)s · n = %(number)s") % {
        "month": month_name(wanted.month),
        "segment": segment_name(wanted.segment),
        "level": wanted.level.label,
        "number": f"{observed:,}",
    }


def credits_of(url: str, as_of: date | None, *sources: str) -> list[str]:
    """What stands below a picture: warning, sources, who counted, address and licence."""
    return [*warnings(), *sources, _counts_line(url, as_of), _licence_line()]


def warnings() -> list[str]:
    """What has to stand on every picture of figures that are not real."""
    return [_("Demo data. Do not cite.")] if has_invented_shops() else []


def _counts_line(url: str, as_of: date | None) -> str:
    """Who counted, as of when, and where the figures are."""
    if as_of is None:
        return _("Noren, data as of now. %(url)s") % {"url": url}
    return _("Noren, data as of %(day)s. %(url)s") % {
        "day": as_of.isoformat(),
        "url": url,
    }


def _licence_line() -> str:
    return _("Figures and drawing: %(licence)s.") % {"licence": LICENCE_NAME}


def tier_word(tier: Tier) -> str:
    """The tier in a word or two, for a table; the key beside it says what it means."""
    names = {
        Tier.RELIABLE: pgettext("reliability", "reliable"),
        Tier.WIDE: pgettext("reliability", "wide"),
        Tier.TOO_FEW: pgettext("reliability", "not enough data"),
        Tier.NOT_SURVEYED: _("not surveyed"),
    }
    return names[tier]


def tier_name(tier: Tier) -> str:
    names = {
        Tier.RELIABLE: _("reliable (±10 points or less)"),
        Tier.WIDE: _("wide interval (±10 to 20 points)"),
        Tier.TOO_FEW: _("not enough data"),
        Tier.NOT_SURVEYED: _("not surveyed"),
    }
    return names[tier]


def weighted_sentence(estimate: CityEstimate | None) -> str:
    """The share in which every ward and kind of shop weighs what it weighs in the census."""
    if estimate is None:
        return ""
    if estimate.weighted is None:
        return _("Weighted by the census: not yet available, coverage is too low.")
    return _("Weighted by the census: %(share)s, between %(low)s and %(high)s.") % {
        "share": percent(estimate.weighted.share),
        "low": percent(estimate.weighted.interval.low),
        "high": percent(estimate.weighted.interval.high),
    }
