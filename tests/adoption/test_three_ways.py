"""Stored visits of a town, counted in three ways: by refreshes, by a rebuild, and slowly by hand.

Ties and visits of one day, unsure answers, closures, what was withdrawn, rejected or opened
again, the last and the first moment of a month in Tokyo, expiry, merged shops.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adoption.reference import TOKYO, status_by_visits
from tests.factories import NOON, make_shop
from tests.tiers import tries
from tests.workflows.counting.test_counts import table
from tracker.accounts.models import User
from tracker.adoption.actions import refresh_cells
from tracker.adoption.rebuild import snapshots
from tracker.adoption.rebuild.by_rule import recount_by_rule
from tracker.adoption.verify import differences_of_counts
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_index
from tracker.places.kinds import ALL_SEGMENTS, Segment
from tracker.places.models import Shop
from tracker.rules.actions import add_rule, end_rule
from tracker.rules.models import AcceptanceRule
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import ALL_BITS, BITS
from tracker.survey.traits import Trait
from tracker.workflows.counting.counts import silent
from tracker.workflows.counting.rebuild_here import rebuild_here

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow(12)]
FIRST = month_index(2024, 11)
MICRO = timedelta(microseconds=1)
OFFSETS = [-MICRO, -300 * MICRO, 0 * MICRO, MICRO, timedelta(seconds=1), timedelta(hours=12)]
PLACES = [
    ("13100", "13102", 53_394_601_111),
    ("13100", "13102", 53_394_601_112),
    ("13100", "13103", 53_394_601_411),
    ("13100", None, 53_394_611_111),
    ("27100", "27128", 51_357_391_111),
]
Rules = list[tuple[str, str, date, date | None]]
RULES: Rules = [
    ("paypay_code", "wechat_pay", date(2025, 9, 1), None),
    ("au_pay_code", "wechat_pay", date(2025, 3, 1), date(2025, 5, 31)),
    ("d_barai_code", "alipay", date(2025, 8, 31), date(2025, 9, 30)),
    ("alipay_mark", "alipay", date(2015, 1, 1), date(2014, 12, 31)),  # it never applied
]
ENDED = [("paypay_code", "wechat_pay", date(2025, 9, 1), date(2025, 11, 30)), *RULES[1:]]
STATES = [VisitState.APPROVED] * 6 + list(VisitState)


class Told(NamedTuple):
    """A visit before it is stored."""

    month: int  # after FIRST
    offset: timedelta  # from the first moment of the month in Tokyo
    wait: timedelta  # until it was received
    state: VisitState
    outcome: Outcome
    answers: list[Answer]
    routes: int | None


class Listed(NamedTuple):
    """A shop before it is stored; `into` is the shop it is merged into, if that is another."""

    place: tuple[str, str | None, int]
    segment: Segment
    visits: list[Told]
    into: int | None


told = st.builds(
    Told,
    st.integers(0, 16),
    st.sampled_from(OFFSETS),
    st.sampled_from([timedelta(0), timedelta(0), timedelta(minutes=1)]),
    st.sampled_from(STATES),
    st.sampled_from([Outcome.ANSWERED] * 6 + list(Outcome)),
    st.lists(st.sampled_from(list(Answer)), min_size=3, max_size=3),
    st.one_of(st.none(), st.integers(0, ALL_BITS)),
)
listed = st.builds(
    Listed,
    st.sampled_from(PLACES),
    st.sampled_from([Segment.CAFE, Segment.HOTEL]),
    st.lists(told, max_size=8),
    st.one_of(st.none(), st.integers(0, 5)),
)


@settings(
    max_examples=tries(quick=20, test=60, whole=120),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(listed, min_size=4, max_size=8))
def test_folds_and_a_rebuild_count_what_a_slow_reading_of_all_visits_counts(
    aki: User, monkeypatch: pytest.MonkeyPatch, town: list[Listed]
) -> None:
    monkeypatch.setattr(snapshots, "PART", 1)  # every 1 km square by itself
    with transaction.atomic():
        AcceptanceRule.objects.all().delete()
        for route, trait, first, last in RULES:
            rule = add_rule(
                route=route, trait=trait, first_day=first, exceptions="", source="test",
                read_on=first, by=None, at=NOON,
            )  # fmt: skip
            if last:
                end_rule(rule=rule, last_day=last, reason="", by=aki, at=NOON)
        shops = stored(town, aki)
        expected = by_hand(shops, RULES)
        refresh_cells(shop_ids=[shop.pk for shop in shops], at=NOON)
        assert table() == expected
        rebuild_here(at=NOON, progress=silent)
        assert table() == expected
        rule = AcceptanceRule.objects.get(route="paypay_code")
        end_rule(rule=rule, last_day=ENDED[0][-1], reason="", by=aki, at=NOON)
        recount_by_rule(shop_ids=[shop.pk for shop in shops], at=NOON)
        assert table() == by_hand(shops, ENDED)
        assert differences_of_counts(progress=silent) == []
        transaction.set_rollback(True)


def stored(town: list[Listed], worker: User) -> list[Shop]:
    shops = [
        make_shop(city=city, ward=ward, grid125=grid125, segment=one.segment)
        for one in town
        for city, ward, grid125 in [one.place]
    ]
    for shop, one in zip(shops, town, strict=True):
        # Into a shop that is not merged itself: the first always stands.
        if one.into is not None and one.into < shops.index(shop) and town[one.into].into is None:
            shop.merged_into = shops[one.into]
            shop.save()
        Visit.objects.bulk_create(visit_of(visit, shop, worker) for visit in one.visits)
    return shops


def visit_of(visit: Told, shop: Shop, worker: User) -> Visit:
    year, month = divmod(FIRST + visit.month, 12)
    observed = datetime(year, month + 1, 1, tzinfo=UTC) - timedelta(hours=9) + visit.offset
    is_answered = visit.outcome == Outcome.ANSWERED
    answers = visit.answers if is_answered else [Answer.NOT_CHECKED] * 3
    return Visit(
        uuid=uuid4(), shop=shop, worker=worker, outcome=visit.outcome, state=visit.state,
        observed_at=observed, received_at=observed + visit.wait, digest="0" * 64,
        routes=visit.routes if is_answered else None,
        **dict(zip(Trait.values, answers, strict=True)),
    )  # fmt: skip


def by_hand(shops: list[Shop], rules: Rules) -> list[tuple[object, ...]]:
    """Every number that is not 0, as `table` gives them."""
    numbers: Counter[tuple[object, ...]] = Counter()
    for shop in shops:
        if shop.merged_into_id is not None:
            continue
        own = [one for one in shops if shop.pk in (one.pk, one.merged_into_id)]
        visits = list(Visit.objects.filter(shop__in=own))
        for month in range(FIRST - 2, FIRST + 32):
            for measure, is_yes in statuses(visits, month, rules).items():
                for level, area in areas(shop):
                    for segment in (ALL_SEGMENTS, str(shop.segment)):
                        key = (level, segment, area, measure)
                        numbers[(*key, "observed", month)] += 1
                        numbers[(*key, "yes", month)] += is_yes
    return sorted((*key, number) for key, number in numbers.items() if number)


def statuses(visits: list[Visit], month: int, rules: Rules) -> dict[str, bool]:
    """Measure → yes?, where the shop is observed."""
    found = {trait: status_by_visits(visits, trait, month) for trait in Trait.values}
    for trait in ("alipay", "wechat_pay"):
        found[f"{trait}_by_rule"] = status_by_visits(
            visits, trait, month, partial(said_by_rule, trait=trait, rules=rules)
        )
    for kind in ("", "_by_rule"):
        wallets = (found[f"alipay{kind}"], found[f"wechat_pay{kind}"])
        if None not in wallets:
            found[f"either_wallet{kind}"] = True in wallets
            found[f"both_wallets{kind}"] = False not in wallets
    return {name: is_yes for name, is_yes in found.items() if is_yes is not None}


def said_by_rule(visit: Visit, trait: str, rules: Rules) -> str | None:
    """Read off the table of rules, day by day."""
    if visit.routes is None:
        return None
    day = f"{visit.observed_at.astimezone(TOKYO):%F}"
    given = any(
        visit.routes & BITS[route] and f"{first:%F}" <= day <= (f"{last:%F}" if last else "9")
        for route, gives, first, last in rules
        if gives == trait
    )
    return "yes" if given else "no"


def areas(shop: Shop) -> list[tuple[str, int]]:
    squares = [("grid250", 10), ("grid500", 100), ("grid1000", 1000)]
    named = [("city", int(shop.city_id))] + [("ward", int(shop.ward_id or 0))] * bool(shop.ward_id)
    return named + [(level, shop.grid125 // divisor) for level, divisor in squares]
