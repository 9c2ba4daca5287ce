"""What was known on a day stays what it was, whatever is decided or corrected afterwards."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import NOON, make_approved, make_entry, make_shop
from tests.workflows.counting.history_steps import History, People, due
from tracker.accounts.models import User
from tracker.adoption.known import counts_known_at
from tracker.adoption.queries import Count, counts_by_area
from tracker.fieldwork.models import Visit
from tracker.moderation.kinds import Reason
from tracker.moderation.transitions import Move
from tracker.months import month_index, month_of
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.survey.measures import Measure
from tracker.workflows import dispatch
from tracker.workflows.counting.checks import differences_of_states
from tracker.workflows.entries import visits
from tracker.workflows.judging import corrections, moderate

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow(12)]
MARCH = month_index(2026, 3)
LATER = NOON + timedelta(days=30)
Table = dict[tuple[str, str, str, int], dict[int, Count]]


def known(moment: datetime, segment: str = ALL_SEGMENTS, month: int = MARCH) -> dict[int, Count]:
    return counts_known_at(
        moment=moment, level=AreaLevel.WARD, measure=Measure["ALIPAY"], month=month, segment=segment
    )


def test_before_the_decision_nothing_was_known(aki: User, mori: User) -> None:
    make_approved(make_shop(), aki, mori)
    assert known(NOON) == {}
    assert known(NOON + timedelta(minutes=1)) == {13102: Count(1, 1)}


def test_a_revision_from_before_a_trait_reads_as_not_checked(aki: User, mori: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    revision = visit.revisions.get()
    del revision.content["chinese_staff"]
    revision.save()
    assert known(LATER) == {13102: Count(1, 1)}
    assert differences_of_states() == []


def test_a_decision_taken_back_later_still_stood_then(aki: User, mori: User, sora: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    moderate.reopen(visit=visit, note="", by=sora, at=LATER)
    assert known(LATER - timedelta(days=1)) == {13102: Count(1, 1)}
    assert known(LATER) == {}


def test_a_correction_of_the_shop_is_not_known_before_it_was_made(aki: User, mori: User) -> None:
    shop = make_shop()
    make_approved(shop, aki, mori)
    corrections.reclassify_shop(shop_id=shop.pk, segment=Segment.HOTEL, by=mori, at=LATER)
    before = LATER - timedelta(days=1)
    assert known(before, Segment.DRUGSTORE.value) == {13102: Count(1, 1)}
    assert known(before, Segment.HOTEL.value) == {}
    assert known(LATER, Segment.HOTEL.value) == {13102: Count(1, 1)}


def test_a_merge_is_not_known_before_it_was_made(aki: User, mori: User) -> None:
    one, other = make_shop("一"), make_shop("二")
    make_approved(one, aki, mori)
    make_approved(other, aki, mori)
    corrections.merge_shops(shop_id=one.pk, into_id=other.pk, by=mori, at=LATER)
    assert known(LATER - timedelta(days=1)) == {13102: Count(2, 2)}
    assert known(LATER) == {13102: Count(1, 1)}


def test_an_entry_sent_again_unchanged_counts_from_its_second_receipt(
    aki: User, mori: User, sora: User
) -> None:
    """The phone's clock was ahead, into the next month: the newest receipt decides."""
    sent = datetime(2026, 3, 31, 14, 58, tzinfo=UTC)  # 23:58 in Tokyo
    entry = make_entry(make_shop(), observed_at=sent + timedelta(minutes=4))
    visit = visits.submit_visit(entry=entry, by=aki, at=sent)
    judge(visit, Move.RETURN, mori, sent + timedelta(minutes=1))
    assert month_of(visit.observed_at) == MARCH
    again = sent + timedelta(minutes=10)
    visits.resubmit_visit(visit=visit, entry=entry, by=aki, at=again)
    judge(visit, Move.APPROVE, mori, again)
    moderate.reopen(visit=visit, note="", by=sora, at=LATER)
    judge(visit, Move.APPROVE, mori, LATER)
    assert month_of(visit.observed_at) == MARCH + 1
    for moment in (again, LATER):
        assert known(moment) == {}
        assert known(moment, month=MARCH + 1) == {13102: Count(1, 1)}


def judge(visit: Visit, move: Move, by: User, at: datetime) -> None:
    reasons = [Reason.DUPLICATE.value] if move == Move.RETURN else []
    moderate.decide(
        visit=visit, revision=visit.revision, move=move, reasons=reasons, note="", by=by, at=at
    )
    visit.refresh_from_db()


def everything(moment: datetime | None, months: range) -> Table:
    """All counts, kept ones or those known at a moment."""
    table: Table = {}
    for level in AreaLevel:
        for measure in Measure:
            for segment in (ALL_SEGMENTS, Segment.CAFE.value):
                for month in months:
                    table[(level, measure, segment, month)] = (
                        counts_by_area(level=level, measure=measure, month=month, segment=segment)
                        if moment is None
                        else counts_known_at(
                            moment=moment, level=level, measure=measure, month=month,
                            segment=segment,
                        )
                    )  # fmt: skip
    return table


@pytest.mark.parametrize("seed", range(12))
def test_a_figure_of_any_history_can_be_counted_again(
    aki: User, mori: User, sora: User, seed: int
) -> None:
    history = History(rng=Random(1000 + seed), people=People(aki, mori, sora), now=NOON)
    history.begin()
    for _step in range(60):
        history.step()
    history.now += timedelta(hours=1)
    for message in due(history):
        dispatch.work(message_id=message, at=history.now)
    then, month = history.now, month_of(history.now)
    months = range(month - 2, month + 1, 2)
    quoted = everything(None, months)
    history.now += timedelta(hours=1)
    for _step in range(30):
        history.step()
    assert everything(then, months) == quoted


@pytest.mark.parametrize("day", ["yesterday", "2026-13-40", "2199-01-01"])
def test_a_day_that_is_none_or_is_not_over_is_refused(client: Client, day: str) -> None:
    answer = client.get("/map", {"as_of": day})
    assert answer.status_code == 400


def test_today_is_not_over(client: Client) -> None:
    today = timezone.localdate().isoformat()
    assert client.get("/data/adoption.csv", {"as_of": today}).status_code == 400


def test_the_day_is_said_on_the_map_and_in_the_file(client: Client) -> None:
    day = (timezone.localdate() - timedelta(days=2)).isoformat()
    assert f"data as of {day}" in client.get("/map.svg", {"as_of": day}).content.decode()
    assert f",{day}," in client.get("/data/adoption.csv", {"as_of": day}).getvalue().decode()


def test_the_old_name_of_the_day_is_understood(client: Client) -> None:
    day = (timezone.localdate() - timedelta(days=2)).isoformat()
    for address in ("/map", "/map.svg", "/data/adoption.csv", "/api/v1/adoption/"):
        old, new = (client.get(address, {key: day}) for key in ("known_on", "as_of"))
        assert old.status_code == new.status_code == 200
        assert day.encode() in old.getvalue() if old.streaming else day.encode() in old.content
    assert f"as_of={day}" in client.get("/map", {"known_on": day}).content.decode()
    assert client.get("/map", {"known_on": day, "as_of": ""}).status_code == 200


@pytest.mark.parametrize("address", ["/map", "/map.png", "/data/adoption.csv", "/api/v1/adoption/"])
def test_the_day_under_both_names_is_refused(client: Client, address: str) -> None:
    answer = client.get(address, {"known_on": "2026-01-01", "as_of": "2026-01-01"})
    assert answer.status_code == 400
    sentence = "“known_on” is the old name of “as_of”. Give only one of the two."
    assert sentence in answer.content.decode()


def test_a_day_given_twice_under_its_old_name_is_none(client: Client) -> None:
    assert client.get("/map?known_on=2026-01-01&known_on=2026-01-02").status_code == 400
