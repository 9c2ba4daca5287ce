"""Figures about one's own work: what each counts, its interval, and silence under twenty."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from tracker.fieldwork.quality import (
    EntryFacts,
    QualityFigure,
    Unit,
    days_of,
    figures_of,
    hours_of,
)
from tracker.fieldwork.quality_words import TEXTS, line_of
from tracker.intervals import wilson
from tracker.survey.traits import Trait

TODAY = date(2026, 11, 25)
SHARES = ["returned", "unsure_alipay", "unsure_wechat_pay", "unsure_chinese_staff", "no_photo",
          "far", "no_position", "changed"]  # fmt: skip


def entry(**values: object) -> EntryFacts:
    """An entry without anything to remark."""
    plain: dict[str, object] = {
        "on": TODAY,
        "hour": 12,
        "filled_ms": None,
        "was_returned": None,
        "unsure": {},
        "lacks_photo": None,
        "metres_off": 0.0,
        "was_changed": None,
    }
    return EntryFacts(**plain | values)  # type: ignore[arg-type]


def figures(entries: list[EntryFacts]) -> dict[str, QualityFigure]:
    return {figure.key: figure for figure in figures_of(entries, traits=Trait.values)}


def test_there_are_always_the_same_figures_in_the_same_order() -> None:
    keys = ["entries", "days", "seconds", *SHARES]
    assert list(figures([])) == list(figures([entry()] * 50)) == keys


def test_entries_and_days_are_counted_whatever_their_number() -> None:
    found = figures([entry(), entry(), entry(on=TODAY - timedelta(days=3))])
    assert found["entries"] == QualityFigure("entries", Unit.ENTRIES, 3, 0, 3)
    assert found["days"] == QualityFigure("days", Unit.DAYS, 3, 0, 2)


@pytest.mark.parametrize(
    ("key", "values", "hit"),
    [
        ("returned", {"was_returned": False}, {"was_returned": True}),
        ("unsure_alipay", {"unsure": {"alipay": False}}, {"unsure": {"alipay": True}}),
        ("no_photo", {"lacks_photo": False}, {"lacks_photo": True}),
        ("far", {"metres_off": 60.0}, {"metres_off": 60.1}),
        ("changed", {"was_changed": False}, {"was_changed": True}),
        ("no_position", {"metres_off": 900.0}, {"metres_off": None}),
    ],
)
def test_a_share_has_its_n_and_its_wilson_interval(
    key: str, values: dict[str, object], hit: dict[str, object]
) -> None:
    cases = [entry(**values)] * 26 + [entry(**hit)] * 4
    assert figures(cases)[key] == QualityFigure(key, Unit.SHARE, 30, 4, 4 / 30, *wilson(4, 30))


@pytest.mark.parametrize("key", [key for key in SHARES if key != "no_position"])
def test_entries_for_which_the_question_does_not_arise_are_left_out(key: str) -> None:
    figure = figures([entry(metres_off=None)] * 100)[key]
    assert (figure.n, figure.value, figure.low, figure.high) == (0, None, None, None)


@pytest.mark.parametrize(("n", "is_said"), [(0, False), (19, False), (20, True)])
def test_under_twenty_nothing_is_said(n: int, is_said: bool) -> None:
    found = figures([entry(filled_ms=9000, was_returned=True)] * n)
    for key in ("seconds", "returned"):
        assert found[key].n == n
        assert (found[key].value is not None) is is_said
        assert (found[key].low is not None) is is_said
        assert ("not enough data" in line_of(found[key]).words) is not is_said


def test_the_middle_time_has_an_interval_of_ranks() -> None:
    cases = [entry(filled_ms=1000 * second) for second in range(1, 21)]
    assert figures(cases)["seconds"] == QualityFigure("seconds", Unit.SECONDS, 20, 0, 10.5, 6, 15)


def test_the_last_seven_days_are_there_even_where_nothing_was_logged() -> None:
    ago = [0, 0, 2, 6, 7]
    days = days_of([entry(on=TODAY - timedelta(days=back)) for back in ago], today=TODAY)
    assert [day for day, _number in days] == [TODAY - timedelta(days=back) for back in range(7)]
    assert [number for _day, number in days] == [2, 0, 1, 0, 0, 0, 1]


def test_every_figure_is_a_sentence_with_its_n() -> None:
    cases = [entry(was_returned=number < 4, filled_ms=9400) for number in range(30)]
    words = {key: line_of(figure).words for key, figure in figures(cases).items()}
    assert words["entries"] == "30 entries"
    assert words["days"] == "1 day"
    assert words["returned"] == "4 of 30: 13 %, between 5 and 30 %"
    assert words["seconds"] == "9.4 s, between 9.4 and 9.4, 30 entries"
    assert words["changed"] == "not enough data (n = 0, at least 20 needed)"


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_every_figure_has_a_label_and_a_help_text_in_every_language(language: str) -> None:
    with translation.override(language):
        lines = [line_of(figure) for figure in figures([entry()] * 30).values()]
    texts = [text for line in lines for text in (line.label, line.help, line.words)]
    assert [text for text in texts if not text or "%(" in text] == []
    assert len({line.label for line in lines}) == len(lines) == len(TEXTS) + len(Trait)


def test_every_hour_of_the_day_has_its_share() -> None:
    hours = hours_of([entry(hour=9)] * 5 + [entry(hour=23)] * 15)
    assert [figure.hits for figure in hours if figure.hits] == [5, 15]
    assert hours[9] == QualityFigure("hour_9", Unit.SHARE, 20, 5, 0.25, *wilson(5, 20))
    assert [figure.value for figure in hours_of([entry()] * 19)] == [None] * 24
