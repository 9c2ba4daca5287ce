"""The rules that every installation begins with, as they were read on a day. Facts, no code."""

from datetime import date
from typing import NamedTuple


class StartRule(NamedTuple):
    """A rule before it has a row; without a first day it is announced and gives nothing."""

    route: str
    trait: str
    first_day: date | None
    exceptions: str
    source: str


READ_ON = date(2026, 11, 30)
OWN_MARK = "Merchant terms of acquirers in Japan: whoever shows the mark of a wallet takes it."
FUJIPOST = "Nikkei, as quoted by fujipost 9639"
START_RULES = (
    StartRule("alipay_mark", "alipay", date(2015, 1, 1), "", OWN_MARK),
    StartRule("wechat_pay_mark", "wechat_pay", date(2015, 1, 1), "", OWN_MARK),
    StartRule(
        "paypay_code",
        "wechat_pay",
        date(2025, 9, 16),
        "Not where the merchant switched it off, not at merchants with limited amounts, not "
        "online. Only where the customer scans the code of the shop.",
        "PayPay, help for merchants b0761 (interchange through HIVEX)",
    ),
    StartRule("d_barai_code", "wechat_pay", None, "Announced for a 16th, autumn 2025.", FUJIPOST),
    StartRule("au_pay_code", "wechat_pay", None, "Announced in June 2025.", FUJIPOST),
)
