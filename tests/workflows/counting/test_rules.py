"""Rules are added and ended; counts, recount, as-of and a rebuild follow, and answers do not."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import NOON, make_approved, make_shop
from tests.workflows.counting.test_counts import table
from tests.workflows.counting.test_rebuild import work_all
from tracker.accounts.models import User
from tracker.adoption.known import counts_known_at
from tracker.adoption.models import AdoptionCount
from tracker.adoption.queries import counts_by_area
from tracker.adoption.rebuild import snapshots
from tracker.adoption.rebuild.by_rule import recount_by_rule
from tracker.audit.models import AuditEvent
from tracker.errors import Refused
from tracker.fieldwork.models import Visit
from tracker.months import TOKYO, month_index
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.rules.models import AcceptanceRule
from tracker.survey.answers import Answer
from tracker.survey.measures import Measure
from tracker.survey.routes import BITS, Route
from tracker.workflows.counting import counts, rebuild, rules
from tracker.workflows.counting.rebuild_here import rebuild_here

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SEPTEMBER = month_index(2025, 9)
BEFORE = datetime(2025, 9, 15, 23, 59, 59, tzinfo=TOKYO)
AFTER = datetime(2025, 9, 16, tzinfo=TOKYO)
AU: dict[str, Any] = {
    "route": "au_pay_code", "trait": "wechat_pay", "exceptions": "", "source": "here",
    "read_on": date(2026, 11, 30),
}  # fmt: skip


def shop_seen(by: User, judge: User, route: str, *, at: datetime = AFTER) -> None:
    """A shop without a mark of either wallet; only this was at the till."""
    no = {"alipay": Answer.NO, "wechat_pay": Answer.NO}
    make_approved(make_shop(), by, judge, at=at, routes=(Route(route),), **no)


def city(measure: str, month: int = SEPTEMBER) -> tuple[int, int]:
    """Observed and yes in Tokyo."""
    one = counts_by_area(level=AreaLevel.CITY, measure=Measure(measure), month=month).get(13100)
    return (one.observed, one.yes) if one else (0, 0)


def settled() -> None:
    """Everything asked for is done, and nobody finds a difference; nor would a rebuild make one."""
    work_all()
    assert counts.verify().differences == []
    before = table()
    rebuild_here(at=timezone.now(), progress=counts.silent)
    assert table() == before


def test_a_paypay_code_is_no_by_both_on_the_day_before_and_yes_by_rule_on_the_day(
    aki: User, mori: User
) -> None:
    shop_seen(aki, mori, "paypay_code", at=BEFORE)
    settled()
    assert city("wechat_pay") == city("wechat_pay_by_rule") == (1, 0)
    shop_seen(aki, mori, "paypay_code", at=AFTER)
    shop_seen(aki, mori, "paypay_reader", at=AFTER)
    settled()
    assert (city("wechat_pay"), city("wechat_pay_by_rule")) == ((3, 0), (3, 1))
    assert city("alipay") == city("alipay_by_rule") == (3, 0)
    assert (city("either_wallet_by_rule"), city("both_wallets_by_rule")) == ((3, 1), (3, 0))


def test_a_till_that_was_not_asked_for_counts_as_seen_and_for_nothing_by_rule(
    aki: User, mori: User
) -> None:
    make_approved(make_shop(), aki, mori, at=AFTER, wechat_pay=Answer.YES)
    settled()
    assert (city("wechat_pay"), city("wechat_pay_by_rule")) == ((1, 1), (0, 0))


def test_a_rule_that_is_added_ended_and_moved_recounts_what_it_touches(
    aki: User, mori: User, sora: User
) -> None:
    for route in ("au_pay_code", "paypay_code", "nothing_seen"):
        shop_seen(aki, mori, route)
    settled()
    assert city("wechat_pay_by_rule") == (3, 1)
    rule = rules.add_rule(**AU, first_day=date(2025, 9, 17), by=sora, at=NOON)
    settled()
    assert city("wechat_pay_by_rule") == (3, 1)
    rules.end_rule(
        rule_id=rule.pk, last_day=date(2025, 9, 16), reason="Another day", by=sora, at=NOON
    )
    moved = rules.add_rule(**AU, first_day=date(2025, 9, 16), by=sora, at=NOON)
    settled()
    assert city("wechat_pay_by_rule") == (3, 2)
    rules.end_rule(rule_id=moved.pk, last_day=date(2025, 9, 15), reason="", by=sora, at=NOON)
    settled()
    assert city("wechat_pay_by_rule") == (3, 1)
    assert {*Visit.objects.values_list("wechat_pay", flat=True)} == {"no"}


def test_only_the_shops_that_it_touches_are_counted_again(
    aki: User, mori: User, sora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for route in ("au_pay_code", "paypay_code", "terminal"):
        shop_seen(aki, mori, route)
    shop_seen(aki, mori, "au_pay_code", at=AFTER - timedelta(days=40))
    work_all()
    refreshed: list[list[int]] = []
    monkeypatch.setattr(
        rules, "recount_by_rule", lambda **given: refreshed.append(given["shop_ids"])
    )
    rules.add_rule(**AU, first_day=date(2025, 9, 1), by=sora, at=NOON)
    work_all()
    own = Visit.objects.filter(routes=BITS["au_pay_code"], observed_at=AFTER)
    assert refreshed == [[own.get().shop_id]]


def test_shops_of_which_nothing_is_counted_yet_are_refreshed(aki: User, mori: User) -> None:
    shop_seen(aki, mori, "paypay_code")
    recount_by_rule(shop_ids=[make_shop().pk], at=NOON)
    assert city("wechat_pay_by_rule") == (0, 0)
    recount_by_rule(shop_ids=[Visit.objects.get().shop_id], at=NOON)
    assert city("wechat_pay_by_rule") == (1, 1)
    settled()


def test_the_first_rule_of_a_wallet_makes_it_known_everywhere(
    aki: User, mori: User, sora: User
) -> None:
    AcceptanceRule.objects.all().delete()
    shop_seen(aki, mori, "terminal")
    settled()
    assert city("wechat_pay_by_rule") == (0, 0)
    rules.add_rule(**AU, first_day=date(2026, 1, 1), by=sora, at=NOON)
    settled()
    assert (city("wechat_pay_by_rule"), city("alipay_by_rule")) == ((1, 0), (0, 0))


def test_a_rule_that_changes_while_everything_is_counted_is_not_lost(
    aki: User, mori: User, sora: User
) -> None:
    shop_seen(aki, mori, "au_pay_code")
    work_all()
    now = timezone.now()
    rebuild.begin_rebuild(by=sora, at=now)
    snapshot = snapshots.building()
    assert snapshot is not None
    rebuild.count_cities(snapshot_id=snapshot.pk, cities=["13100", "27100", "26100"], at=now)
    rules.add_rule(**AU, first_day=date(2025, 9, 16), by=sora, at=now)
    rebuild.finish_rebuild(snapshot_id=snapshot.pk, at=now)
    assert city("wechat_pay_by_rule") == (1, 1)
    settled()


def test_what_was_known_on_a_day_knows_the_rules_of_that_day(
    aki: User, mori: User, sora: User
) -> None:
    shop_seen(aki, mori, "au_pay_code")
    work_all()
    now = timezone.now()
    AcceptanceRule.objects.update(added_at=AFTER)
    rules.add_rule(**AU, first_day=date(2025, 9, 1), by=sora, at=now)

    def known(moment: datetime) -> tuple[int, int]:
        found = counts_known_at(
            moment=moment, level=AreaLevel.CITY, measure=Measure("wechat_pay_by_rule"),
            month=SEPTEMBER, segment=ALL_SEGMENTS,
        )  # fmt: skip
        return found[13100].observed, found[13100].yes

    assert (known(now - timedelta(seconds=1)), known(now)) == ((1, 0), (1, 1))


def test_verify_finds_a_count_by_rule_that_is_not_so(aki: User, mori: User) -> None:
    shop_seen(aki, mori, "paypay_code")
    work_all()
    row = AdoptionCount.objects.values("alipay_by_rule").get(level="city", segment="all")
    AdoptionCount.objects.filter(level="city", segment="all").update(
        wechat_pay_by_rule=bytes(row["alipay_by_rule"])
    )
    found = [difference.where for difference in counts.verify().differences]
    assert len(found) == 13
    assert found[0] == f"count of city all 13100 wechat_pay_by_rule yes {SEPTEMBER}"


def test_every_act_is_in_the_log(sora: User) -> None:
    rule = rules.add_rule(**AU, first_day=None, by=sora, at=NOON)
    rules.end_rule(rule_id=rule.pk, last_day=date(2026, 1, 1), reason="why", by=sora, at=NOON)
    told = [(event.kind, event.facts) for event in AuditEvent.objects.order_by("pk")]
    assert told[-2:] == [
        ("rule_added", {"route": "au_pay_code", "trait": "wechat_pay", "first_day": ""}),
        ("rule_ended", {"last_day": "2026-01-01", "before": "", "reason": "why"}),
    ]


def test_only_an_admin_sets_rules(mori: User, aki: User) -> None:
    rule = AcceptanceRule.objects.order_by("pk").first()
    assert rule is not None
    for person in (mori, aki):
        with pytest.raises(Refused):
            rules.add_rule(**AU, first_day=None, by=person, at=NOON)
        with pytest.raises(Refused):
            rules.end_rule(rule_id=rule.pk, last_day=None, reason="", by=person, at=NOON)
    assert AcceptanceRule.objects.count() == 5


def test_the_rules_that_come_with_noren_are_added_once() -> None:
    assert rules.keep_start_rules(at=NOON) == 0
    AcceptanceRule.objects.all().delete()
    assert rules.keep_start_rules(at=NOON) == AcceptanceRule.objects.count() == 5
