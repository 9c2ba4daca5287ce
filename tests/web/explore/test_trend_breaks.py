"""The rules behind a trend by rule are read once, however many wards are drawn beside it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import add_count
from tracker.months import month_of

pytestmark = pytest.mark.django_db


def test_a_trend_by_rule_reads_the_rules_once_for_all_wards(client: Client) -> None:
    now = month_of(timezone.now())
    for ward in (13101, 13102, 13103):
        for measure in ("wechat_pay", "wechat_pay_by_rule"):
            add_count(
                level="ward", area=ward, segment="all", measure=measure, month=now,
                observed=400, yes=100,
            )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/explore?view=trend&city=tokyo&measure=wechat_pay_by_rule")
    asked = [query["sql"] for query in queries if "acceptancerule" in query["sql"]]
    assert page.content.decode().count('class="trend"') >= 3
    assert len([sql for sql in asked if 'FROM "tracker_acceptancerule"' in sql]) == 1
