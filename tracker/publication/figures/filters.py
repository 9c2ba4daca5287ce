"""What a page, a file or the API is asked for: one set of filters, one canonical URL."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tracker.adoption.queries import counted_months
from tracker.errors import Invalid
from tracker.months import day_end, month_from_text, month_of, month_text
from tracker.places.atlas.cities import CITY_OF_SLUG, FIRST_CITY, City
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.survey.measures import FIRST_MEASURE, Measure
from tracker.survey.specs import MEASURES

LEVELS = (AreaLevel.WARD, AreaLevel.GRID1000, AreaLevel.GRID500, AreaLevel.GRID250)
SEGMENTS = (ALL_SEGMENTS, *Segment.values)
KEYS = ("city", "measure", "level", "month", "segment", "as_of")
OLD_NAMES = {"known_on": "as_of"}  # addresses that were shared before a key got its name


@dataclass(frozen=True)
class Filter:
    """One map: of a city, by level, of a measure and a segment, at the end of a month."""

    city: City
    measure: Measure
    level: AreaLevel
    month: int
    segment: str
    as_of: date | None = None  # decisions after the end of this day, in Tokyo, are ignored
    release: str = ""  # a figure as of now belongs to none

    @property
    def values(self) -> dict[str, str]:
        """Every key in its order, and its value as text."""
        values = {
            "city": self.city.slug,
            "measure": self.measure.value,
            "level": self.level.value,
            "month": month_text(self.month),
            "segment": self.segment,
        }
        if self.as_of is not None:
            values["as_of"] = self.as_of.isoformat()
        return values

    @property
    def query(self) -> str:
        """The canonical query string."""
        return urlencode(self.values)

    @property
    def known_until(self) -> datetime | None:
        """The last moment of the day that was asked for."""
        return None if self.as_of is None else day_end(self.as_of)

    def at_month(self, month: int) -> "Filter":
        return replace(self, month=month)


def filter_from(values: dict[str, str], *, at: datetime) -> Filter:
    """The filter a URL asks for; Invalid names the key and the values allowed."""
    only_keys(values, KEYS)
    return Filter(
        segment=one_of(values, "segment", ALL_SEGMENTS, SEGMENTS),
        city=CITY_OF_SLUG[one_of(values, "city", FIRST_CITY.slug, tuple(CITY_OF_SLUG))],
        measure=Measure(one_of(values, "measure", FIRST_MEASURE.value, MEASURES)),
        level=AreaLevel(
            one_of(values, "level", AreaLevel.WARD.value, tuple(level.value for level in LEVELS))
        ),
        as_of=_day(values.get("as_of", ""), at=at),
        month=_month(values.get("month", ""), at=at),
    )


def only_keys(values: dict[str, str], allowed: tuple[str, ...]) -> None:
    """Invalid names the first key that is not allowed, and those that are."""
    unknown = sorted(set(values) - set(allowed))
    if unknown:
        raise Invalid(
            _("Unknown filter “%(key)s”. Allowed: %(allowed)s.")
            % {"key": unknown[0], "allowed": ", ".join(allowed)},
            field=unknown[0],
        )


def _day(text: str, *, at: datetime) -> date | None:
    """A past day in Tokyo; None where nothing was asked."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            _("“%(value)s” is not a date. Write it as YYYY-MM-DD.") % {"value": text},
            field="as_of",
        ) from error
    if day_end(day) >= at:
        raise Invalid(
            _("Figures as of %(day)s can only be given once that day has ended.") % {"day": text},
            field="as_of",
        )
    return day


def months_on_offer(*, at: datetime) -> range:
    """From the first month with a count to the present one; nothing lies in the future."""
    present = month_of(at)
    counted = counted_months()
    return range(min(counted[0], present) if counted else present, present + 1)


def only_values(lists: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    """The values of a query by key. A key given twice becomes one value that is never allowed."""
    values = {key: ", ".join(given) for key, given in lists}
    for old in OLD_NAMES.keys() & values.keys():
        key, value = OLD_NAMES[old], values.pop(old)
        if value and values.get(key):
            raise Invalid(
                _("“%(old)s” is the old name of “%(key)s”. Give only one of the two.")
                % {"old": old, "key": key},
                field=old,
            )
        values[key] = value or values.get(key, "")
    return values


def one_of(values: dict[str, str], key: str, default: str, allowed: tuple[str, ...]) -> str:
    """The value of a key, or the default where it is empty; Invalid lists the allowed ones."""
    value = values.get(key) or default
    if value not in allowed:
        raise Invalid(
            _("“%(value)s” is not a value of %(key)s. Allowed: %(allowed)s.")
            % {"value": value, "key": key, "allowed": ", ".join(allowed)},
            field=key,
        )
    return value


def _month(text: str, *, at: datetime) -> int:
    offered = months_on_offer(at=at)
    return month_among(text, "month", offered) if text else offered[-1]


def month_among(text: str, key: str, offered: range) -> int:
    """The month of a text; Invalid names the first and the last of those on offer."""
    try:
        month = month_from_text(text)
    except ValueError:
        month = -1
    if month not in offered:
        raise Invalid(
            _("“%(value)s” is not a month with data. Allowed: %(first)s to %(last)s.")
            % {
                "value": text,
                "first": month_text(offered[0]),
                "last": month_text(offered[-1]),
            },
            field=key,
        )
    return month
