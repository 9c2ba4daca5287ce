"""Two cities may have shops in one square: it is counted whole, whoever counts first."""

import pytest

from tests.factories import NOON, make_approved, make_shop
from tests.workflows.counting.test_counts import refresh, table
from tracker.accounts.models import User
from tracker.adoption.overlaps import overlaps_by_level
from tracker.adoption.queries import counts_by_area
from tracker.adoption.rebuild import snapshots
from tracker.adoption.statuses import Look
from tracker.months import month_of
from tracker.places import squares
from tracker.places.atlas.cities import City
from tracker.places.kinds import AreaLevel
from tracker.survey.answers import Answer
from tracker.survey.measures import Measure
from tracker.workflows.counting import counts
from tracker.workflows.counting.rebuild_here import rebuild_here

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MARCH = month_of(NOON)
SQUARE = 53_394_601  # of 1 km; all shops here lie in one of 125 m
PAIR = (City["TOKYO"], City["OSAKA"])


@pytest.fixture
def border(aki: User, mori: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Osaka stood beside Tokyo: two shops in the one, one in the other, one square."""
    others = {PAIR[0]: frozenset({PAIR[1]}), PAIR[1]: frozenset({PAIR[0]})}
    monkeypatch.setattr(snapshots, "neighbours_of", lambda city: others.get(city, frozenset()))
    for number in range(2):
        make_approved(make_shop(f"東{number}"), aki, mori, alipay=Answer.YES)
    make_approved(make_shop("西", city="27100", ward="27127"), aki, mori, alipay=Answer.NO)
    make_approved(make_shop("北", grid125=52_357_500_111, city="27100", ward="27127"), aki, mori)
    refresh()


def silent(done: int, total: int) -> None:
    """No bar in tests."""


def test_a_rebuild_counts_what_the_refreshes_counted(border: None) -> None:
    folded = table()
    rebuild_here(at=NOON, progress=silent)
    assert table() == folded
    assert counts.verify().differences == []
    [count] = [
        count
        for square, count in counts_by_area(
            level=AreaLevel.GRID1000, measure=Measure["ALIPAY"], month=MARCH, segment="all"
        ).items()
        if square == SQUARE
    ]
    assert (count.observed, count.yes) == (3, 2)


def test_a_comparison_counts_the_square_whole_and_each_city_alone(
    border: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tracker.adoption.overlaps.squares_between_cities", lambda: {SQUARE: frozenset(PAIR)}
    )
    for city, of_city in zip(PAIR, (2, 2), strict=True):
        found = overlaps_by_level(
            city=city,
            levels=(AreaLevel.CITY, AreaLevel.WARD, AreaLevel.GRID1000),
            before=Look("alipay", MARCH),
            after=Look("alipay", MARCH),
        )
        assert {code: one.observed_after for code, one in found[AreaLevel.CITY].items()} == {
            int(city): of_city
        }
        assert set(found[AreaLevel.WARD]) == {13102 if city == PAIR[0] else 27127}
        assert found[AreaLevel.GRID1000][SQUARE].observed_after == 3


def test_no_city_has_a_neighbour_today() -> None:
    assert squares.squares_between_cities() == {}
    assert {city: squares.neighbours_of(city) for city in City} == dict.fromkeys(City, frozenset())
