"""What a page of Explore is asked for: one of five views, each with the keys that it knows."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tracker.errors import Invalid
from tracker.months import month_text
from tracker.places.atlas.cities import City
from tracker.places.kinds import AreaLevel
from tracker.publication.figures.filters import (
    KEYS,
    LEVELS,
    Filter,
    filter_from,
    month_among,
    months_on_offer,
    one_of,
    only_keys,
)
from tracker.survey.measures import FIRST_MEASURE, SECOND_MEASURE, Measure
from tracker.survey.specs import MEASURES

SPAN_MONTHS = 12  # between the two months of a change, where nothing else is asked


class View(TextChoices):
    MAP = "map", pgettext_lazy("view", "Map")
    RANKING = "ranking", pgettext_lazy("view", "Ranking")
    TREND = "trend", pgettext_lazy("view", "Trend")
    COMPARE = "compare", pgettext_lazy("view", "Two measures")
    CHANGE = "change", pgettext_lazy("view", "Change")


# In canonical order. Change and comparison look at every shop: their squares are the coarse ones.
KEYS_OF = {
    View.MAP: KEYS,
    View.RANKING: ("city", "measure", "month", "segment", "as_of"),
    View.TREND: ("city", "measure", "month", "segment"),
    View.COMPARE: ("city", "measure", "with", "level", "month", "segment"),
    View.CHANGE: ("city", "measure", "level", "from", "month", "segment"),
}
COARSE = (AreaLevel.WARD, AreaLevel.GRID1000)
AREA_KEYS = ("measure", "level", "month", "segment")
SQUARES = (AreaLevel.GRID500, AreaLevel.GRID1000, AreaLevel.GRID250)  # of one ward; default first
LEVELS_OF = {View.MAP: LEVELS, View.COMPARE: COARSE, View.CHANGE: COARSE}


@dataclass(frozen=True)
class Question:
    """A view and what it shows. `other` is the measure beside, `since` the month before."""

    view: View
    shown: Filter
    other: Measure | None = None
    since: int | None = None  # None in a change where no month lies before

    @property
    def query(self) -> str:
        """The canonical query string."""
        return self._query(without=())

    @property
    def lasting(self) -> str:
        """The same without its months: the link that goes with the newest ones."""
        return self._query(without=("from", "month", "as_of"))

    def _query(self, *, without: tuple[str, ...]) -> str:
        values = self.shown.values | {
            "with": "" if self.other is None else self.other.value,
            "from": "" if self.since is None else month_text(self.since),
        }
        keys = [key for key in KEYS_OF[self.view] if values.get(key) and key not in without]
        return urlencode({"view": self.view.value, **{key: values[key] for key in keys}})

    def at_month(self, month: int) -> "Question":
        """The same with both months moved by as much."""
        since = None if self.since is None else self.since + month - self.shown.month
        return replace(self, shown=self.shown.at_month(month), since=since)

    def in_view(self, view: View, *, first_month: int) -> "Question":
        """Another view of as much as it knows of this question."""
        level = self.shown.level if self.shown.level in levels_of(view) else AreaLevel.WARD
        as_of = self.shown.as_of if "as_of" in KEYS_OF[view] else None
        return Question(
            view,
            replace(self.shown, level=level, as_of=as_of),
            other=other_than(self.shown.measure) if view == View.COMPARE else None,
            since=_since(self.shown.month, first_month) if view == View.CHANGE else None,
        )


def levels_of(view: View) -> tuple[AreaLevel, ...]:
    return LEVELS_OF.get(view, (AreaLevel.WARD,))


def other_than(measure: Measure) -> Measure:
    """What a measure is compared with where nothing else is asked: a wallet with the other."""
    return SECOND_MEASURE if measure == FIRST_MEASURE else FIRST_MEASURE


def question_from(values: dict[str, str], *, at: datetime) -> Question:
    """The question of a URL; Invalid names the key and what is allowed."""
    view = View(one_of(values, "view", View.MAP.value, tuple(View.values)))
    only_keys(values, ("view", *KEYS_OF[view]))
    shown = filter_from({key: value for key, value in values.items() if key in KEYS}, at=at)
    one_of(values, "level", AreaLevel.WARD.value, tuple(level.value for level in levels_of(view)))
    if view == View.COMPARE:
        others = tuple(item for item in MEASURES if item != shown.measure)
        other = one_of(values, "with", other_than(shown.measure).value, others)
        return Question(view, shown, other=Measure(other))
    if view == View.CHANGE:
        first = months_on_offer(at=at)[0]
        return Question(view, shown, since=_month_before(values.get("from", ""), shown, first))
    return Question(view, shown)


def ward_filter_from(values: dict[str, str], *, city: City, at: datetime) -> Filter:
    """What the page of a ward shows: squares of its city; Invalid as for a question."""
    only_keys(values, AREA_KEYS)
    level = one_of(values, "level", SQUARES[0].value, tuple(level.value for level in SQUARES))
    return filter_from({**values, "level": level, "city": city.slug}, at=at)


def ward_query(shown: Filter) -> str:
    """The canonical query string of the page of a ward."""
    return urlencode({key: shown.values[key] for key in AREA_KEYS})


def _month_before(text: str, shown: Filter, first: int) -> int | None:
    if not text:
        return _since(shown.month, first)
    if first == shown.month:
        raise Invalid(
            _("No data before %(month)s.") % {"month": month_text(first)},
            field="from",
        )
    return month_among(text, "from", range(first, shown.month))


def _since(month: int, first: int) -> int | None:
    return max(first, month - SPAN_MONTHS) if first < month else None
