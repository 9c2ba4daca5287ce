"""The one filter bar of Explore: tabs, fields, and the steps to the months beside."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tracker.months import month_text
from tracker.places.atlas.cities import City
from tracker.places.kinds import AreaLevel
from tracker.publication.figures import words
from tracker.publication.figures.filters import SEGMENTS, Filter
from tracker.publication.figures.questions import (
    AREA_KEYS,
    KEYS_OF,
    SQUARES,
    Question,
    View,
    levels_of,
)
from tracker.survey.measures import Measure


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class BarField:
    """A list to choose from; `key` is the key of the URL."""

    key: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Tab:
    label: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class QuestionBar:
    """`earlier` and `later` are queries, empty where there is no such month.

    `as_of` is the day of the date field, empty where none is chosen; `has_day` says whether
    the view has such a field, and `yesterday` the last day that can be asked for.
    """

    view: str
    tabs: list[Tab]
    fields: list[BarField]
    has_day: bool
    as_of: date | None
    yesterday: date
    earlier: str
    later: str


def bar_of(question: Question, months: range, *, yesterday: date) -> QuestionBar:
    """The bar as this question sets it. `months` are those on offer."""
    shown, first = question.shown, months[0]
    earliest = shown.month if question.since is None else question.since
    return QuestionBar(
        view=question.view.value,
        tabs=[
            Tab(
                str(view.label), question.in_view(view, first_month=first).query,
                view == question.view,
            )
            for view in View
        ],
        fields=_fields(
            shown, KEYS_OF[question.view], levels_of(question.view), months, question
        ),
        has_day="as_of" in KEYS_OF[question.view],
        as_of=shown.as_of,
        yesterday=yesterday,
        earlier=question.at_month(shown.month - 1).query if earliest > first else "",
        later=question.at_month(shown.month + 1).query if shown.month < months[-1] else "",
    )  # fmt: skip


def ward_fields(shown: Filter, months: range) -> list[BarField]:
    """The fields of the page of a ward."""
    return _fields(shown, AREA_KEYS, SQUARES, months)


def _fields(
    shown: Filter,
    keys: tuple[str, ...],
    levels: tuple[AreaLevel, ...],
    months: range,
    question: Question | None = None,
) -> list[BarField]:
    other = question.other.value if question and question.other else ""
    since = month_text(question.since) if question and question.since is not None else ""
    cities = {city.slug: str(city.label) for city in City}
    measures = {item.value: str(item.label) for item in Measure}
    segments = {item: words.segment_name(item) for item in SEGMENTS}
    rows = {
        "city": (_("City"), cities, shown.city.slug),
        "measure": (_("Measure"), measures, shown.measure.value),
        "with": (_("Compared with"), measures, other),
        "level": (
            _("Area size"),
            {item.value: str(item.label) for item in levels},
            shown.level.value,
        ),
        "from": (_("From the end of"), _months(months[:-1]), since),
        "month": (_("End of"), _months(months), month_text(shown.month)),
        "segment": (_("Shops"), segments, shown.segment),
    }
    return [
        BarField(
            key, label, [Choice(value, name, value == chosen) for value, name in names.items()]
        )
        for key, (label, names, chosen) in rows.items()
        if key in keys and names
    ]


def _months(months: range) -> dict[str, str]:
    return {month_text(month): words.month_name(month) for month in reversed(months)}
