"""A trend by rule shows with a line and words where a rule begins or ends; what was seen none."""

from datetime import date

import pytest
from django.utils.translation import override

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.adoption.queries import Count
from tracker.months import month_index
from tracker.publication.drawing.chart import Path, TextMark
from tracker.publication.drawing.trend import LARGE, SMALL, Ends, TrendBreak, trend_chart
from tracker.publication.figures.rule_breaks import breaks_of
from tracker.rules.models import AcceptanceRule
from tracker.survey.measures import Measure
from tracker.workflows.counting.rules import end_rule

pytestmark = pytest.mark.django_db
JULY, DECEMBER = month_index(2025, 7), month_index(2025, 12)


def breaks(measure: str, first: int = JULY, last: int = DECEMBER) -> list[tuple[date, float]]:
    found = breaks_of(Measure(measure), first_month=first, last_month=last)
    return [(one.day, round(one.place - JULY, 2)) for one in found]


def test_the_paypay_rule_lies_in_the_middle_of_september_for_what_it_moves() -> None:
    for measure in ("wechat_pay_by_rule", "either_wallet_by_rule", "both_wallets_by_rule"):
        assert breaks(measure) == [(date(2025, 9, 16), 1.5)], measure
    assert breaks("alipay_by_rule") == breaks("wechat_pay") == breaks("either_wallet") == []


def test_what_lies_outside_of_the_months_is_left_out() -> None:
    assert breaks("wechat_pay_by_rule", JULY + 2) == []
    assert breaks("wechat_pay_by_rule", JULY + 1) == [(date(2025, 9, 16), 1.5)]
    assert breaks("wechat_pay_by_rule", JULY, JULY + 1) == []


def test_an_end_is_a_break_too_and_what_never_applied_is_none(sora: User) -> None:
    rule = AcceptanceRule.objects.get(route="paypay_code")
    end_rule(rule_id=rule.pk, last_day=date(2025, 10, 31), reason="", by=sora, at=NOON)
    found = breaks_of(Measure("wechat_pay_by_rule"), first_month=JULY, last_month=DECEMBER)
    assert [one.day for one in found] == [date(2025, 9, 16), date(2025, 11, 1)]
    assert "gives WeChat Pay no longer" in found[1].sentence
    end_rule(rule_id=rule.pk, last_day=date(2025, 9, 15), reason="", by=sora, at=NOON)
    assert breaks("wechat_pay_by_rule") == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2025-09-16: by rule PayPay code for the customer to scan gives WeChat Pay"),
        ("ja", "2025-09-16：規則上、お客様が読み取るPayPayのコードで"),
        ("zh-hans", "2025-09-16：按规则，自当日起供顾客扫描的 PayPay 码"),
    ],
)
def test_the_sentence_is_in_the_language_of_the_reader(language: str, said: str) -> None:
    with override(language):
        [one] = breaks_of(Measure("wechat_pay_by_rule"), first_month=JULY, last_month=DECEMBER)
        assert one.sentence.startswith(said)


def test_the_line_stands_between_the_months_and_is_named_in_a_large_drawing_only() -> None:
    series = [(month, Count(100, 50)) for month in range(JULY, DECEMBER)]
    made = [
        trend_chart(
            series, "alipay", "x", Ends("a", "b"), canvas, breaks=[TrendBreak(JULY + 1.0, "day")]
        )
        for canvas in (LARGE, SMALL)
    ]
    for drawing, canvas in zip(made, (LARGE, SMALL), strict=True):
        x = canvas.left + (canvas.right - canvas.left) / 4
        dashed = [one for one in drawing.marks if isinstance(one, Path) and one.dash == "3 3"]
        assert [one.points for one in dashed] == [((x, canvas.top), (x, canvas.bottom))]
    texts = [[one.text for one in drawing.marks if isinstance(one, TextMark)] for drawing in made]
    assert ["day" in found for found in texts] == [True, False]
