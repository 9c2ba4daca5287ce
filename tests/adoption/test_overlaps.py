"""The shops behind two figures are those of the counts, in every level; and so are their ages."""

from datetime import timedelta

import pytest

from tests.factories import NOON, make_approved, make_shop
from tracker.accounts.models import User
from tracker.adoption.ages import ages_in_ward
from tracker.adoption.estimation.comparison import Overlap
from tracker.adoption.overlaps import overlaps_by_level
from tracker.adoption.queries import counts_by_area
from tracker.adoption.statuses import Look
from tracker.months import month_index
from tracker.places.atlas.cities import City
from tracker.places.kinds import AreaLevel, Segment
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.measures import Measure
from tracker.survey.outcomes import Outcome
from tracker.workflows import dispatch

pytestmark = pytest.mark.django_db
MARCH = month_index(2026, 3)
MAY = MARCH + 2
LATER = NOON + timedelta(days=61)  # in May
LEVELS = (AreaLevel.CITY, AreaLevel.WARD, AreaLevel.GRID1000)


@pytest.fixture
def town(aki: User, mori: User) -> list[Shop]:
    """One shop that took Alipay up, one that gave it up, one seen only later, elsewhere."""
    up, down, new = make_shop("昇"), make_shop("降"), make_shop("新", ward=None)
    make_approved(up, aki, mori, alipay=Answer.NO, wechat_pay=Answer.NO)
    make_approved(down, aki, mori, alipay=Answer.YES, wechat_pay=Answer.NO)
    make_approved(up, aki, mori, at=LATER, alipay=Answer.YES, wechat_pay=Answer.YES)
    make_approved(down, aki, mori, at=LATER, alipay=Answer.NO, wechat_pay=Answer.NO)
    make_approved(new, aki, mori, at=LATER, alipay=Answer.YES, wechat_pay=Answer.NO)
    dispatch.sweep(at=LATER + timedelta(days=1))
    return [up, down, new]


def overlaps(
    before: Look, after: Look, segment: str = "all"
) -> dict[AreaLevel, dict[int, Overlap]]:
    return overlaps_by_level(
        city=City["TOKYO"], levels=LEVELS, before=before, after=after, segment=segment
    )


def test_a_change_counts_every_shop_of_either_month(town: list[Shop]) -> None:
    found = overlaps(Look("alipay", MARCH), Look("alipay", MAY))
    whole = Overlap(both_no_yes=1, both_yes_no=1, only_after_yes=1)
    assert found[AreaLevel.CITY] == {13100: whole}
    assert found[AreaLevel.GRID1000] == {53394601: whole}


def test_a_shop_without_a_ward_is_in_no_ward(town: list[Shop]) -> None:
    found = overlaps(Look("alipay", MARCH), Look("alipay", MAY))
    assert found[AreaLevel.WARD] == {13102: Overlap(both_no_yes=1, both_yes_no=1)}


def test_two_measures_of_one_month(town: list[Shop]) -> None:
    found = overlaps(Look("wechat_pay", MAY), Look("either_wallet", MAY))
    assert found[AreaLevel.CITY] == {13100: Overlap(both_yes_yes=1, both_no_no=1, both_no_yes=1)}


def test_the_numbers_are_those_of_the_counts(town: list[Shop]) -> None:
    for level, by_area in overlaps(Look("alipay", MARCH), Look("wechat_pay", MAY)).items():
        for measure, month, side in (("alipay", MARCH, "before"), ("wechat_pay", MAY, "after")):
            counts = counts_by_area(level=level, measure=Measure(measure), month=month)
            shown = {
                area: (getattr(one, f"observed_{side}"), getattr(one, f"yes_{side}"))
                for area, one in by_area.items()
            }
            assert shown == counts


def test_another_segment_has_no_shops(town: list[Shop]) -> None:
    found = overlaps(Look("alipay", MARCH), Look("alipay", MAY), Segment.HOTEL.value)
    assert found == {level: {} for level in LEVELS}


def test_ages_are_counted_from_the_visit_that_gave_the_status(
    town: list[Shop], aki: User, mori: User
) -> None:
    again = NOON + timedelta(days=120)  # July: the same answer once more makes it younger
    make_approved(town[0], aki, mori, at=again, alipay=Answer.YES, wechat_pay=Answer.NOT_CHECKED)

    def ages(measure: Measure, month: int, segment: str = "all") -> list[int]:
        return ages_in_ward(ward="13102", measure=measure, month=month, segment=segment)

    assert ages(Measure["ALIPAY"], MARCH) == [0, 0]
    assert ages(Measure["ALIPAY"], MAY) == [0, 0]
    assert ages(Measure["ALIPAY"], MARCH + 5) == [1, 3]
    assert ages(Measure["WECHAT_PAY"], MARCH + 5) == [3, 3]
    assert ages(Measure["ALIPAY"], MARCH + 16) == [12]
    assert ages(Measure["ALIPAY"], MARCH + 17) == []
    assert ages(Measure["ALIPAY"], MARCH, "hotel") == []


def test_a_shop_that_closed_has_no_age(aki: User, mori: User) -> None:
    shop = make_shop()
    make_approved(shop, aki, mori)
    make_approved(shop, aki, mori, at=LATER, outcome=Outcome.CLOSED_FOR_GOOD)  # type: ignore[arg-type]
    assert ages_in_ward(ward="13102", measure=Measure["ALIPAY"], month=MARCH) == [0]
    assert ages_in_ward(ward="13102", measure=Measure["ALIPAY"], month=MAY) == []


def test_visits_of_a_merged_shop_count_for_the_one_it_became(aki: User, mori: User) -> None:
    shop, duplicate = make_shop(), make_shop("双子", ward=None)
    make_approved(duplicate, aki, mori)
    Shop.objects.filter(pk=duplicate.pk).update(merged_into=shop)
    assert ages_in_ward(ward="13102", measure=Measure["ALIPAY"], month=MARCH) == [0]
