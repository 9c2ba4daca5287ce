"""What somebody would write to add traits: the text of each, and where it goes."""

from pathlib import Path

UNIONPAY = """\
    TraitSpec(
        code="unionpay",
        bit=3,
        names={"ja": "銀聯", "zh-hans": "银联", "en": "UnionPay"},
        question={
            "ja": "銀聯カードで支払えますか？",
            "zh-hans": "能刷银联卡吗？",
            "en": "Can a customer pay with UnionPay?",
        },
        help={
            "ja": "赤・青・緑の表示を探してください。",
            "zh-hans": "请看红蓝绿三色的标志。",
            "en": "Look for the sign in red, blue and green.",
        },
        osm_tag="payment:unionpay",
        style=ChartStyle("#8A5A00", "1 5", ((-1.2, 0), (0, -1.2), (1.2, 0))),
        invention=Invention(is_sign=True, share=0.7, beside_yes=0.8, beside_no=0.2),
        also={"ja": "银联", "zh-hans": "UnionPay", "en": "银联"},
    ),
"""
# A fifth one, in words of two languages: whoever reads another one gets one of these.
MENU = """\
    TraitSpec(
        code="chinese_menu",
        bit=4,
        names={"ja": "中国語のメニュー", "en": "Chinese menu"},
        question={"ja": "中国語のメニューがありますか？", "en": "Is there a menu in Chinese?"},
        help={"ja": "紙でも画面でもかまいません。", "en": "On paper or on a screen."},
        osm_tag="menu:zh",
        style=ChartStyle("#3F6B00", "9 3", ((-1, -1), (1, -1), (0, 1))),
        invention=Invention(is_sign=False, share=0.3, beside_yes=0.3, beside_no=0.1),
    ),
"""
CASH = MENU.replace("chinese_menu", "yuan_cash").replace("bit=4", "bit=5").replace("#3F", "#4F")
CARD = MENU.replace("chinese_menu", "yuan_card").replace("bit=4", "bit=6").replace("#3F", "#5F")
TALK_AND_PAY = """\
    UnionSpec(
        code="talk_and_pay",
        join=Join.ALL,
        names={"ja": "AlipayとWeChat Payと中国語", "en": "Both wallets and Chinese"},
        help={"ja": "3つとも「あり」。", "en": "All three."},
        style=ChartStyle("#5B2A86", "12 3", ((-1, 0), (0, 1), (1, 0), (0, -1))),
    ),
"""
LAST_TRAIT, LAST_UNION = ")\nUNION_SPECS = (\n", ")\ncheck_survey("


def add_to_survey(folder: Path, *, traits: str = "", unions: str = "") -> None:
    """Write them at the end of the lists of tracker/survey/specs.py of a copy of the project."""
    path = folder / "tracker" / "survey" / "specs.py"
    text = path.read_text(encoding="utf-8")
    for added, before in ((traits, LAST_TRAIT), (unions, LAST_UNION)):
        assert text.count(before) == 1, before
        text = text.replace(before, added + before)
    if "talk_and_pay" in unions:
        joined = 'unions=("either_wallet", "both_wallets")'
        assert text.count(joined) == 2
        text = text.replace(joined, 'unions=("either_wallet", "both_wallets", "talk_and_pay")')
    path.write_text(text, encoding="utf-8")
