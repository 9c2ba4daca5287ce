"""The list of traits and measures is one, it does not contradict itself, and the rest follows."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from tracker.adoption.actions import VALUES
from tracker.adoption.packing import FACT_BITS, SHOP_LIMIT, check_room
from tracker.adoption.timelines import known_bit, yes_bit
from tracker.publication.drawing.styles import COLOURS
from tracker.survey.measures import EITHER_WALLET, WALLETS, Measure
from tracker.survey.shapes import ChartStyle, SurveyBroken, TraitSpec, check_survey
from tracker.survey.specs import MEASURES, RULES, SINGLES, TRAIT_SPECS, TRAITS, UNION_SPECS, UNIONS
from tracker.survey.traits import Trait

pytestmark = pytest.mark.once
LAST = TRAIT_SPECS[-1]


def another(**values: object) -> TraitSpec:
    """A trait that could be added, but for these values."""
    fitting = {
        "code": "unionpay",
        "bit": len(TRAIT_SPECS),
        "style": ChartStyle("#123456"),
        "unions": (),
    }
    return replace(LAST, **(fitting | values))  # type: ignore[arg-type]


def test_the_choices_are_the_specs_in_their_order() -> None:
    assert Trait.values == list(TRAITS) == [spec.code for spec in TRAIT_SPECS]
    assert Measure.values == list(MEASURES)
    assert [trait.spec for trait in Trait] == list(TRAIT_SPECS)
    assert (EITHER_WALLET, WALLETS) == ("either_wallet", ("alipay", "wechat_pay"))


def test_a_label_is_in_the_language_of_the_reader() -> None:
    said = {}
    for language in ("ja", "zh-hans", "en"):
        with override(language):
            said[language] = (str(Trait["ALIPAY"].label), str(EITHER_WALLET.label))
    assert said == {
        "ja": ("Alipay", "AlipayまたはWeChat Pay"),
        "zh-hans": ("支付宝", "支付宝或微信支付"),
        "en": ("Alipay", "Alipay or WeChat Pay"),
    }


def test_every_word_stands_in_three_languages() -> None:
    for spec in TRAIT_SPECS:
        for words in (spec.names, spec.question, spec.help):
            assert list(words) == ["ja", "zh-hans", "en"]
            assert all(words.values())
    assert all(list(spec.names) == ["ja", "zh-hans", "en"] for spec in UNION_SPECS)


def test_what_a_refresh_writes_and_what_a_chart_draws_are_all_measures() -> None:
    assert ("first_month", "width", *MEASURES) == VALUES
    assert tuple(COLOURS) == MEASURES


def test_another_trait_may_follow() -> None:
    check_survey([*TRAIT_SPECS, another()], UNION_SPECS)


@pytest.mark.parametrize(
    ("trait", "sentence"),
    [
        (another(bit=0), r"The bits of the traits are \[0, 1, 2, 0\]"),
        (another(bit=4), "a new trait comes last"),
        (another(code="alipay"), "“alipay” names one trait or measure"),
        (another(code="either_wallet"), "“either_wallet” names one"),
        (another(code="Union Pay"), "“Union Pay” names one trait or measure, in small letters"),
        (another(unions=("any_wallet",)), r"name different measures: \['any_wallet'\]"),
        (another(style=LAST.style), "Two measures have the same colour and dash"),
        (another(style=ChartStyle("#123456", "9 2 1 2")), "dash of “unionpay” is a stroke and a"),
    ],
)
def test_a_trait_that_would_mix_things_up_stops_everything(trait: TraitSpec, sentence: str) -> None:
    with pytest.raises(SurveyBroken, match=sentence):
        check_survey([*TRAIT_SPECS, trait], UNION_SPECS)


def test_a_union_of_nothing_stops_everything() -> None:
    with pytest.raises(SurveyBroken, match="name different measures"):
        check_survey([replace(spec, unions=()) for spec in TRAIT_SPECS], UNION_SPECS)


def test_all_that_a_visit_says_has_its_place_in_its_key() -> None:
    last = len(SINGLES) - 1
    assert known_bit(last) | yes_bit(last) < 1 << FACT_BITS <= 2 * yes_bit(last)
    assert SHOP_LIMIT == 67_108_864


def test_three_traits_more_have_room_and_four_are_refused_with_a_sentence() -> None:
    check_room([*range(len(TRAITS) + 3), 7, 6])
    with pytest.raises(SurveyBroken, match="9 traits and rules"):
        check_room([*range(len(TRAITS) + 4), 7, 6])


def test_a_measure_by_rule_follows_from_each_that_has_rules_and_from_no_other() -> None:
    assert RULES == {"alipay": "alipay_by_rule", "wechat_pay": "wechat_pay_by_rule"}
    assert SINGLES == {
        "alipay": 0, "wechat_pay": 1, "chinese_staff": 2,
        "alipay_by_rule": 7, "wechat_pay_by_rule": 6,
    }  # fmt: skip
    assert UNIONS["both_wallets_by_rule"].traits == ("alipay_by_rule", "wechat_pay_by_rule")
    assert UNIONS["both_wallets"].traits == ("alipay", "wechat_pay")
    assert [measure.value for measure in Measure if measure.is_by_rule] == list(MEASURES[5:])
    with override("en"):
        assert str(Measure("either_wallet_by_rule").label) == "Alipay or WeChat Pay (by rule)"
