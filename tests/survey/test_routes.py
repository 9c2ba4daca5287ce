"""The list of routes is one, it does not contradict itself, and a number keeps each combination."""

from dataclasses import replace
from itertools import combinations

import pytest
from django.template.loader import get_template

from tracker.survey.route_specs import NOTHING_SPEC, QUESTION, ROUTE_SPECS
from tracker.survey.routes import ALL_BITS, NOTHING_SEEN, Route, bits_of, routes_in
from tracker.survey.shapes import RouteSpec, SurveyBroken, check_routes
from tracker.survey.specs import TRAITS

pytestmark = pytest.mark.once
SEEN = tuple(route for route in Route if route != NOTHING_SEEN)


def test_every_combination_comes_back_and_no_two_are_the_same() -> None:
    some = [chosen for size in range(1, len(SEEN) + 1) for chosen in combinations(SEEN, size)]
    kept = [bits_of(chosen) for chosen in some]
    assert [routes_in(bits) for bits in kept] == some
    assert sorted(kept) == list(range(1, ALL_BITS + 1))  # type: ignore[type-var]


def test_nothing_seen_is_not_the_same_as_not_asked() -> None:
    assert (bits_of((NOTHING_SEEN,)), bits_of(())) == (0, None)
    assert (routes_in(0), routes_in(None)) == ((NOTHING_SEEN,), ())


def test_a_code_never_gives_alipay_and_a_reader_gives_nothing() -> None:
    can_give = {spec.code: spec.can_give for spec in ROUTE_SPECS}
    assert can_give["paypay_code"] == ("wechat_pay",)
    assert can_give["paypay_reader"] == ()


def test_every_word_stands_in_three_languages_and_every_route_is_drawn() -> None:
    till = get_template("field/app/till.html").template.source  # type: ignore[attr-defined]
    for spec in (*ROUTE_SPECS, NOTHING_SPEC):
        for words in (spec.short, spec.names, spec.help, QUESTION):
            assert list(words) == ["ja", "zh-hans", "en"]
            assert all(words.values())
        assert f'<symbol id="till-{spec.code}"' in till


@pytest.mark.parametrize(
    ("routes", "sentence"),
    [
        ([*ROUTE_SPECS, replace(ROUTE_SPECS[0], code="new", bit=0)], "a new route comes last"),
        ([*ROUTE_SPECS, replace(ROUTE_SPECS[0], bit=len(ROUTE_SPECS))], "have the same code"),
        ([replace(ROUTE_SPECS[0], can_give=("cash",))], r"could give \['cash'\]"),
    ],
)
def test_a_route_that_would_mix_things_up_stops_everything(
    routes: list[RouteSpec], sentence: str
) -> None:
    with pytest.raises(SurveyBroken, match=sentence):
        check_routes(routes, TRAITS)
