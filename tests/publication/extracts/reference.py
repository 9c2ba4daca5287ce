"""The rows of an extract the slow way: model by model, in Python. The tests hold the two equal."""

import csv
import io

from tests.factories import NOON
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import day_of, month_of
from tracker.places.grid import parent
from tracker.publication.extracts.rows import ExtractFilter, shop_key
from tracker.survey.answers import Evidence

EVERYTHING = ExtractFilter("", month_of(NOON) - 120, month_of(NOON) + 120)


def csv_by_orm(wanted: ExtractFilter, *, salt: str) -> bytes:
    """A CSV with its header, rows in the order of their columns."""
    rows = sorted(
        row_of(visit, salt)
        for visit in Visit.objects.filter(state=VisitState.APPROVED)
        if wanted.first_month <= month_of(visit.observed_at) <= wanted.last_month
        and wanted.city in ("", (visit.shop.merged_into or visit.shop).city_id)
    )
    file = io.StringIO()
    names = ("observed_on", "shop_key", "grid250", "ward", "segment", "outcome",
             "alipay", "wechat_pay", "chinese_staff", "evidence")  # fmt: skip
    csv.writer(file, lineterminator="\n").writerows([names, *rows])
    return file.getvalue().encode()


def row_of(visit: Visit, salt: str) -> tuple[str, ...]:
    shop = visit.shop.merged_into or visit.shop
    return (
        day_of(visit.observed_at).isoformat(),
        shop_key(salt, shop.pk),
        str(parent(shop.grid125, "grid250")),
        shop.ward_id or "",
        shop.segment,
        visit.outcome,
        visit.answers["alipay"],
        visit.answers["wechat_pay"],
        visit.answers["chinese_staff"],
        visit.evidence if visit.evidence in Evidence.values else "",
    )
