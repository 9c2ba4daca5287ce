"""Every route that money could take, as it can be seen at the till: one entry each. Pure.

A route is no answer: what a customer can pay with by it depends on dated rules. To add one, add
a RouteSpec at the end; visits before it read as not having seen it.
"""

from tracker.survey.shapes import RouteSpec, SeenSpec

QUESTION = {
    "ja": "レジには何がありますか？",
    "zh-hans": "收银台有哪些？",
    "en": "What is at the till?",
}
ROUTE_SPECS = (
    RouteSpec(
        code="alipay_mark",
        bit=0,
        short={"ja": "Alipayの表示", "zh-hans": "支付宝标识", "en": "Alipay mark"},
        names={
            "ja": "AlipayまたはAlipay+の表示やコード",
            "zh-hans": "支付宝或 Alipay+ 的标识或收款码",
            "en": "Mark or code of Alipay or Alipay+",
        },
        help={
            "ja": "Alipay、支付宝、Alipay+の文字があるもの。色だけで見分けないでください。",
            "zh-hans": "写有“支付宝”或“Alipay+”的标识。不要只看颜色。",
            "en": "It says Alipay, 支付宝 or Alipay+. Do not go by the colour alone.",
        },
        can_give=("alipay",),
        mark_of="alipay",
    ),
    RouteSpec(
        code="wechat_pay_mark",
        bit=1,
        short={"ja": "WeChat Payの表示", "zh-hans": "微信支付标识", "en": "WeChat mark"},
        names={
            "ja": "WeChat Payの表示やコード",
            "zh-hans": "微信支付的标识或收款码",
            "en": "Mark or code of WeChat Pay",
        },
        help={
            "ja": "WeChat Pay、Weixin Pay、微信支付の文字があるもの。",
            "zh-hans": "写有“微信支付”或“Weixin Pay”的标识。",
            "en": "It says WeChat Pay, Weixin Pay or 微信支付.",
        },
        can_give=("wechat_pay",),
        mark_of="wechat_pay",
    ),
    RouteSpec(
        code="paypay_code",
        bit=2,
        short={"ja": "PayPayコード", "zh-hans": "PayPay 码", "en": "PayPay code"},
        names={
            "ja": "お客様が読み取るPayPayのコード",
            "zh-hans": "供顾客扫描的 PayPay 码",
            "en": "PayPay code for the customer to scan",
        },
        help={
            "ja": "スタンドやシールにQRコードがあり、お客様が自分のスマホで読み取ります。"
            "WeChat Payの表示がなければ、その質問は「なし」です。Alipayには当たりません。",
            "zh-hans": "立牌或贴纸上有二维码，由顾客用自己的手机扫描。"
            "如果没有微信支付标识，该题选“没有”。它不代表支付宝。",
            "en": "A stand or sticker with a QR code that customers scan with their own phone. "
            "Without a mark of WeChat Pay that question is still “no”. It never means Alipay.",
        },
        can_give=("wechat_pay",),
        invented_share=0.55,
    ),
    RouteSpec(
        code="paypay_reader",
        bit=3,
        short={"ja": "PayPay読取", "zh-hans": "PayPay 扫码器", "en": "PayPay reader"},
        names={
            "ja": "PayPay（店舗がお客様の画面を読み取るだけ）",
            "zh-hans": "PayPay（仅由店员扫顾客手机）",
            "en": "PayPay, only the shop scans the customer’s phone",
        },
        help={
            "ja": "PayPayの文字はあるがQRコードはなく、レジの読取機でスマホを読み取ります。",
            "zh-hans": "有 PayPay 字样但没有二维码，由收银台的扫码器扫手机。",
            "en": "PayPay is named but there is no code to scan: the till reads the phone.",
        },
        invented_share=0.15,
    ),
    RouteSpec(
        code="d_barai_code",
        bit=4,
        short={"ja": "d払い・メルペイ", "zh-hans": "d払い・メルペイ 码", "en": "d払い・メルペイ"},
        names={
            "ja": "d払い・メルペイの共通コード",
            "zh-hans": "d払い、メルペイ通用码",
            "en": "Shared code of d払い (d Barai) and メルペイ (Merpay)",
        },
        help={
            "ja": "d払いやメルペイのQRコードを、お客様が読み取るもの。",
            "zh-hans": "供顾客扫描的 d払い 或 メルペイ 二维码。",
            "en": "A QR code of d払い or メルペイ for the customer to scan.",
        },
        can_give=("alipay", "wechat_pay"),
        invented_share=0.2,
    ),
    RouteSpec(
        code="au_pay_code",
        bit=5,
        short={"ja": "au PAYコード", "zh-hans": "au PAY 码", "en": "au PAY code"},
        names={
            "ja": "お客様が読み取るau PAYのコード",
            "zh-hans": "供顾客扫描的 au PAY 码",
            "en": "au PAY code for the customer to scan",
        },
        help={
            "ja": "au PAYのQRコードを、お客様が読み取るもの。",
            "zh-hans": "供顾客扫描的 au PAY 二维码。",
            "en": "A QR code of au PAY for the customer to scan.",
        },
        can_give=("alipay", "wechat_pay"),
        invented_share=0.2,
    ),
    RouteSpec(
        code="jpqr",
        bit=6,
        short={"ja": "JPQR", "zh-hans": "JPQR", "en": "JPQR"},
        names={"ja": "JPQRのコード", "zh-hans": "JPQR 码", "en": "JPQR code"},
        help={
            "ja": "JPQRと書かれた1枚のコード。使えるブランドは契約によるので、"
            "並んだ名前にAlipayやWeChat Payがあれば、その表示も選んでください。",
            "zh-hans": "写有 JPQR 的一个二维码。可用品牌取决于合同："
            "如果所列名称里有支付宝或微信支付，请同时选该标识。",
            "en": "One code that says JPQR. Its brands depend on the contract: if Alipay or "
            "WeChat Pay stands among the names, choose that mark too.",
        },
        invented_share=0.05,
    ),
    RouteSpec(
        code="terminal",
        bit=7,
        short={"ja": "複数対応端末", "zh-hans": "多品牌终端", "en": "Terminal"},
        names={
            "ja": "多くのブランドに対応する決済端末",
            "zh-hans": "支持多个品牌的支付终端",
            "en": "Payment terminal for many brands",
        },
        help={
            "ja": "カードやコードを1台で扱う端末。名前の一覧が見えなければ、これだけを選びます。",
            "zh-hans": "一台机器处理多种卡和扫码支付。看不到品牌列表时，只选这一项。",
            "en": "One machine for cards and codes. If you cannot see a list of names on it, "
            "choose only this.",
        },
        invented_share=0.3,
    ),
)
NOTHING_SPEC = SeenSpec(
    code="nothing_seen",
    short={"ja": "どれもない", "zh-hans": "都没有", "en": "None of these"},
    names={
        "ja": "レジを見たが、どれもなかった",
        "zh-hans": "看过收银台，一样都没有",
        "en": "Looked at the till and saw none of these",
    },
    help={
        "ja": "レジを見て、上のどれもなかったとき。レジが見えなければ店員に尋ねるか、"
        "上の質問を「不明」にしてください。",
        "zh-hans": "看过收银台，上面各项都没有时选它。看不到收银台时，请询问店员，"
        "或把上面的问题选为“不清楚”。",
        "en": "You looked at the till and none of these is there. If you cannot see the till, "
        "ask, or answer the questions above with “unsure”.",
    },
)
SEEN_SPECS: tuple[SeenSpec, ...] = (*ROUTE_SPECS, NOTHING_SPEC)  # all that may be chosen
