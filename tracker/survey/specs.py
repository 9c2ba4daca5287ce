"""Every trait that is asked for, and every measure made of several: one entry each. Pure.

All lists of traits and of measures begin here: columns, counts, forms, phones, files, charts,
demonstration. To add a trait, add a TraitSpec at the end and let `makemigrations` make its
columns. What was written before reads as not checked for it.
"""

from tracker.survey.by_rule import parts_of, rule_specs, unions_by_rule
from tracker.survey.shapes import (
    ChartStyle,
    Invention,
    Join,
    MeasureSpec,
    TraitSpec,
    Union,
    UnionSpec,
    check_survey,
)

TRAIT_SPECS = (
    TraitSpec(
        code="alipay",
        bit=0,
        names={"ja": "Alipay", "zh-hans": "支付宝", "en": "Alipay"},
        question={
            "ja": "Alipayの取り扱いはありますか？",
            "zh-hans": "有支付宝付款方式吗？",
            "en": "Can a customer pay with Alipay?",
        },
        help={
            "ja": "入口やレジの青い表示を探してください。Alipay+の表示だけでも「あり」とします。"
            "PayPayのコードだけなら「なし」とし、レジの質問でPayPayコードを選んでください。"
            "端末の故障は「不明」とし、メモに書いてください。",
            "zh-hans": "请看门口或收银台的蓝色标识。只有 Alipay+ 标识也算“有”。"
            "只有 PayPay 码时选“没有”，并在收银台一题中选 PayPay 码。"
            "终端故障选“不清楚”，并写在备注里。",
            "en": "Look for the blue sign at the door or the till. An Alipay+ sign alone counts "
            "too. A PayPay code alone is “no”: choose it under “What is at the till?”. A broken "
            "terminal is “unsure”: say so in the note.",
        },
        osm_tag="payment:alipay",
        style=ChartStyle("#2C5EAC"),
        invention=Invention(is_sign=True, share=1.0, beside_yes=1.0, beside_no=0.0),
        unions=("either_wallet", "both_wallets"),
        has_rules=True,
        also={"ja": "支付宝", "zh-hans": "Alipay", "en": "支付宝"},
    ),
    TraitSpec(
        code="wechat_pay",
        bit=1,
        names={"ja": "WeChat Pay", "zh-hans": "微信支付", "en": "WeChat Pay"},
        question={
            "ja": "WeChat Payの取り扱いはありますか？",
            "zh-hans": "有微信支付付款方式吗？",
            "en": "Can a customer pay with WeChat Pay?",
        },
        help={
            "ja": "入口やレジの緑の表示を探すか、店員に尋ねてください。PayPayのコードだけなら"
            "「なし」とし、レジの質問でPayPayコードを選んでください。"
            "端末の故障は「不明」とし、メモに書いてください。",
            "zh-hans": "请看门口或收银台的绿色标识，或询问店员。只有 PayPay 码时选“没有”，"
            "并在收银台一题中选 PayPay 码。终端故障选“不清楚”，并写在备注里。",
            "en": "Look for the green sign at the door or the till, or ask. A PayPay code alone "
            "is “no”: choose it under “What is at the till?”. A broken terminal is “unsure”: "
            "say so in the note.",
        },
        osm_tag="payment:wechat",
        style=ChartStyle("#079F78", "7 4", ((-1, -1), (1, -1), (1, 1), (-1, 1))),
        invention=Invention(is_sign=True, share=0.9, beside_yes=0.88, beside_no=0.12),
        unions=("either_wallet", "both_wallets"),
        has_rules=True,
        also={
            "ja": "Weixin Pay、微信支付",
            "zh-hans": "WeChat Pay, Weixin Pay",
            "en": "Weixin Pay, 微信支付",
        },
    ),
    TraitSpec(
        code="chinese_staff",
        bit=2,
        names={
            "ja": "中国語を話す店員",
            "zh-hans": "会说中文的店员",
            "en": "Chinese-speaking staff",
        },
        question={
            "ja": "中国語を話せる人はいますか？",
            "zh-hans": "店里有会说中文的人吗？",
            "en": "Does somebody here speak Chinese?",
        },
        help={
            "ja": "勤務中の人に限ります。挨拶カードや翻訳機は含みません。",
            "zh-hans": "仅限当班人员。问候卡和翻译机不算。",
            "en": "Somebody on shift now. Greeting cards and translation devices do not count.",
        },
        osm_tag="language:zh",
        style=ChartStyle("#75002B", "2 3", ((0, -1.2), (1.1, 0.9), (-1.1, 0.9))),
        invention=Invention(is_sign=False, share=0.45, beside_yes=0.4, beside_no=0.08),
    ),
)
UNION_SPECS = (
    UnionSpec(
        code="either_wallet",
        join=Join.ANY,
        names={
            "ja": "AlipayまたはWeChat Pay",
            "zh-hans": "支付宝或微信支付",
            "en": "Alipay or WeChat Pay",
        },
        help={
            "ja": "両方の状況が分かっている店舗のうち、どちらかが「あり」。2026年12月1日までは、"
            "片方だけ「あり」と分かっている店舗も数えていました（割合が高く出ていました）。",
            "zh-hans": "在两者状态都已知的店铺中，至少一种为“有”。2026年12月1日以前，"
            "只知道其中一种为“有”的店铺也计入（比例因此偏高）。",
            "en": "Of the shops where both are known, those with at least one yes. Until "
            "2026-12-01 a shop of which only one yes was known counted too, which made the "
            "share too high.",
        },
        style=ChartStyle("#1A1D23", "", ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0))),
    ),
    UnionSpec(
        code="both_wallets",
        join=Join.ALL,
        names={
            "ja": "AlipayとWeChat Payの両方",
            "zh-hans": "支付宝和微信支付都有",
            "en": "Alipay and WeChat Pay",
        },
        help={
            "ja": "両方の状況が分かっている店舗のうち、両方とも「あり」。",
            "zh-hans": "在两者状态都已知的店铺中，两种都为“有”。",
            "en": "Of the shops where both are known, those with two yes.",
        },
        style=ChartStyle("#796006", "12 4", ((-1.2, -0.9), (1.2, -0.9), (0, 1.3))),
    ),
)
check_survey(TRAIT_SPECS, UNION_SPECS)
RULE_SPECS = rule_specs(TRAIT_SPECS)
RULE_UNION_SPECS = unions_by_rule(UNION_SPECS, TRAIT_SPECS)
TRAITS = tuple(spec.code for spec in TRAIT_SPECS)
MEASURE_SPECS: tuple[MeasureSpec, ...] = (
    *TRAIT_SPECS, *UNION_SPECS, *RULE_SPECS, *RULE_UNION_SPECS,
)  # fmt: skip
MEASURES = tuple(spec.code for spec in MEASURE_SPECS)
RULES = {spec.trait: spec.code for spec in RULE_SPECS}  # trait → its measure by rule
# What is kept for each shop: code → its number there. All other measures follow from these.
SINGLES = {spec.code: spec.bit for spec in TRAIT_SPECS} | {
    spec.code: spec.number for spec in RULE_SPECS
}
UNIONS = {
    spec.code: Union(spec.code, spec.join, parts_of(spec.code, TRAIT_SPECS))
    for spec in (*UNION_SPECS, *RULE_UNION_SPECS)
}
