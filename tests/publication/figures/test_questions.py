"""The state of Explore in the URL: one canonical order, and nothing that is not known."""

import pytest
from django.utils import timezone

from tests.factories import add_count
from tracker.errors import Invalid
from tracker.months import month_of, month_text
from tracker.places.atlas.cities import City
from tracker.publication.figures.questions import (
    KEYS_OF,
    Question,
    View,
    levels_of,
    question_from,
    ward_filter_from,
    ward_query,
)
from tracker.survey.measures import Measure

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
FIRST = NOW - 20


@pytest.fixture
def counted() -> None:
    add_count(
        level="city", area=13100, segment="all", measure="alipay", month=FIRST, observed=5, yes=1
    )


def ask(**values: str) -> Question:
    return question_from(
        {key.rstrip("_"): value for key, value in values.items()}, at=timezone.now()
    )


def test_nothing_asked_is_the_map_of_the_newest_month(counted: None) -> None:
    assert ask().query == (
        f"view=map&city=tokyo&measure=alipay&level=ward&month={month_text(NOW)}&segment=all"
    )


@pytest.mark.parametrize("view", View)
def test_a_canonical_query_asks_the_same_again(counted: None, view: View) -> None:
    question = ask(view=view.value, city="osaka", measure="chinese_staff", segment="hotel")
    values = dict(pair.split("=") for pair in question.query.split("&"))
    assert question_from(values, at=timezone.now()) == question
    assert list(values) == ["view", *(key for key in KEYS_OF[view] if key != "as_of")]


def test_a_comparison_is_with_the_other_wallet_by_default(counted: None) -> None:
    assert ask(view="compare").other == Measure["WECHAT_PAY"]
    assert ask(view="compare", measure="wechat_pay").other == Measure["ALIPAY"]


def test_a_change_is_that_of_a_year_or_of_what_there_is(counted: None) -> None:
    assert ask(view="change").since == NOW - 12
    assert ask(view="change", month=month_text(FIRST + 3)).since == FIRST
    assert ask(view="change", month=month_text(FIRST)).since is None


def test_a_month_to_the_side_moves_both_months(counted: None) -> None:
    moved = ask(view="change", from_=month_text(NOW - 6)).at_month(NOW - 1)
    assert (moved.since, moved.shown.month) == (NOW - 7, NOW - 1)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"view": "globe"}, "map, ranking, trend, compare, change"),
        ({"view": "map", "with": "alipay"}, "view, city, measure, level, month, segment, as_of"),
        ({"view": "ranking", "level": "ward"}, "view, city, measure, month, segment, as_of"),
        ({"view": "trend", "as_of": "2026-01-01"}, "view, city, measure, month, segment"),
        ({"view": "compare", "with": "alipay"}, "wechat_pay, chinese_staff, either_wallet"),
        ({"view": "compare", "level": "grid250"}, "ward, grid1000"),
        ({"view": "change", "from": "soon"}, f"{month_text(FIRST)} to {month_text(NOW - 1)}"),
        ({"view": "change", "from": month_text(NOW)}, f"to {month_text(NOW - 1)}"),
        ({"view": "change", "from": "2019-01", "month": month_text(FIRST)}, month_text(FIRST)),
        ({"view": "change", "city": "nagoya"}, "tokyo, osaka, kyoto"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    counted: None, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Invalid) as caught:
        question_from(values, at=timezone.now())
    assert sentence in caught.value.message


def test_another_view_takes_along_what_it_knows(counted: None) -> None:
    question = ask(level="grid250", city="kyoto", segment="cafe", as_of="2026-01-01")
    for view in View:
        there = question.in_view(view, first_month=FIRST)
        assert (there.shown.city, there.shown.segment) == (City["KYOTO"], "cafe")
        assert there.shown.level in levels_of(view)
        assert (
            question_from(
                dict(pair.split("=") for pair in there.query.split("&")), at=timezone.now()
            )
            == there
        )


def test_the_lasting_link_names_no_month(counted: None) -> None:
    lasting = ask(view="change", from_=month_text(NOW - 3)).lasting
    assert lasting == "view=change&city=tokyo&measure=alipay&level=ward&segment=all"


def test_the_page_of_a_ward_knows_squares_only() -> None:
    shown = ward_filter_from({}, city=City["OSAKA"], at=timezone.now())
    assert shown.city == City["OSAKA"]
    assert ward_query(shown) == (
        f"measure=alipay&level=grid500&month={month_text(NOW)}&segment=all"
    )
    for values in ({"level": "ward"}, {"city": "tokyo"}, {"measure": "paypay"}):
        with pytest.raises(Invalid):
            ward_filter_from(values, city=City["OSAKA"], at=timezone.now())
