"""What rules say of a route on a day: in force, announced, ended, never applied, not asked."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import NOON, make_user
from tracker.accounts.roles import Role
from tracker.errors import Invalid
from tracker.months import TOKYO
from tracker.rules.actions import add_rule, end_rule
from tracker.rules.models import AcceptanceRule
from tracker.rules.queries import known_rules, rulebook
from tracker.rules.rulebook import NO_RULES
from tracker.survey.routes import ALL_BITS, BITS, NOTHING_SEEN, Route, bits_of

pytestmark = pytest.mark.django_db
PAYPAY = Route["PAYPAY_CODE"]
BEGINS = datetime(2025, 9, 16, tzinfo=TOKYO)
MICRO = timedelta(microseconds=1)
AU = {"route": "au_pay_code", "trait": "wechat_pay", "exceptions": "", "source": "here"}


def said(at: datetime, *routes: Route) -> dict[str, bool]:
    return rulebook().says(bits_of(routes), at)


def test_a_paypay_code_gives_wechat_pay_from_its_day_on_and_never_alipay() -> None:
    before, after = said(BEGINS - MICRO, PAYPAY), said(BEGINS, PAYPAY)
    assert before == {"alipay_by_rule": False, "wechat_pay_by_rule": False}
    assert after == {"alipay_by_rule": False, "wechat_pay_by_rule": True}


def test_a_reader_a_terminal_and_an_announced_code_give_nothing() -> None:
    for name in ("PAYPAY_READER", "TERMINAL", "JPQR", "AU_PAY_CODE", "D_BARAI_CODE"):
        assert set(said(BEGINS, Route[name]).values()) == {False}, name
    assert set(said(BEGINS, NOTHING_SEEN).values()) == {False}


def test_the_own_mark_gives_its_wallet_all_along() -> None:
    early = datetime(2015, 1, 1, tzinfo=TOKYO)
    assert said(early, Route["ALIPAY_MARK"])["alipay_by_rule"]
    assert said(early, Route["WECHAT_PAY_MARK"]) == {
        "alipay_by_rule": False, "wechat_pay_by_rule": True,
    }  # fmt: skip


def test_where_the_till_was_not_asked_for_nothing_is_known() -> None:
    assert rulebook().says(None, BEGINS) == {}
    assert NO_RULES.says(ALL_BITS, BEGINS) == {}
    AcceptanceRule.objects.filter(trait="alipay").delete()
    assert list(said(BEGINS, PAYPAY)) == ["wechat_pay_by_rule"]


def test_a_rule_holds_through_its_last_day_and_an_end_can_be_taken_back() -> None:
    sora = make_user("sora", Role.ADMIN)
    rule = AcceptanceRule.objects.get(route="paypay_code")
    night = datetime(2026, 3, 31, 23, 59, 59, 999_999, tzinfo=TOKYO)
    end_rule(rule=rule, last_day=date(2026, 3, 31), reason="", by=sora, at=NOON)
    assert said(night, PAYPAY)["wechat_pay_by_rule"]
    assert not said(night + MICRO, PAYPAY)["wechat_pay_by_rule"]
    end_rule(rule=rule, last_day=None, reason="", by=sora, at=NOON)
    assert said(night + MICRO, PAYPAY)["wechat_pay_by_rule"]


def test_the_day_before_the_first_says_that_a_rule_never_applied() -> None:
    sora = make_user("sora", Role.ADMIN)
    rule = AcceptanceRule.objects.get(route="paypay_code")
    end_rule(rule=rule, last_day=date(2025, 9, 15), reason="", by=sora, at=NOON)
    assert not said(BEGINS, PAYPAY)["wechat_pay_by_rule"]
    assert [one.never_applied for one in known_rules() if one.rule == rule] == [True]
    with pytest.raises(Invalid, match="on its first day or later"):
        end_rule(rule=rule, last_day=date(2025, 9, 14), reason="", by=sora, at=NOON)


def test_what_was_known_at_a_moment_stays_known() -> None:
    sora = make_user("sora", Role.ADMIN)
    day, bit = timedelta(days=1), BITS["au_pay_code"]
    first = date(2026, 1, 1)
    rule = add_rule(**AU, first_day=first, read_on=first, by=sora, at=NOON)
    end_rule(rule=rule, last_day=date(2026, 2, 1), reason="", by=sora, at=NOON + day)
    at = datetime(2026, 2, 2, tzinfo=TOKYO)
    for known_at, is_given in ((NOON - day, None), (NOON, True), (NOON + day, False)):
        AcceptanceRule.objects.exclude(pk=rule.pk).delete()
        assert rulebook(at=known_at).says(bit, at).get("wechat_pay_by_rule") is is_given


@pytest.mark.parametrize(
    ("values", "field"),
    [({"route": "paypay_reader"}, "trait"), ({"trait": "alipay", "route": "paypay_code"}, "trait"),
     ({"source": " "}, "source")],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_rule(**AU | values, first_day=None, read_on=date(2026, 1, 1), by=None, at=NOON)
    assert refusal.value.field == field


def test_the_database_refuses_it_too() -> None:
    rule = AcceptanceRule.objects.get(route="paypay_code")
    for values in ({"trait": "alipay"}, {"route": "terminal"}, {"trait": "chinese_staff"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AcceptanceRule.objects.filter(pk=rule.pk).update(**values)
