"""What is known of somebody's own entries, and what each fact rests on."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import GINZA, add_photo, add_visit, make_entry, make_shop
from tracker.accounts.models import User
from tracker.fieldwork.draw import key_of
from tracker.fieldwork.due import is_drawn
from tracker.fieldwork.quality import EntryFacts
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.transitions import Move
from tracker.moderation.work import work_of
from tracker.places.models import Shop
from tracker.survey.answers import Answer, Notice
from tracker.survey.outcomes import Outcome
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
METRE = 90  # 1e-7 degrees of latitude, nearly


def only(worker: User, at: datetime = NOW) -> EntryFacts:
    (facts,) = work_of(worker, at=at)
    return facts


def shop_that_is(*, drawn: bool) -> Shop:
    """A shop that the random draw of this quarter takes, or leaves."""
    shop = make_shop()
    shop.uuid = next(
        UUID(int=number)
        for number in range(1, 1000)
        if is_drawn(UUID(int=number), key=key_of("2026q4")) is drawn
        and not Shop.objects.filter(uuid=UUID(int=number)).exists()
    )
    Shop.objects.filter(pk=shop.pk).update(uuid=shop.uuid)
    return shop


def test_entries_of_thirty_days_of_tokyo_count_and_no_others(aki: User, ben: User) -> None:
    first = datetime(2026, 10, 26, 15, 0, tzinfo=UTC)  # 27 October begins
    add_visit(make_shop(), aki, at=first)
    add_visit(make_shop(), aki, at=first - timedelta(seconds=1))
    add_visit(make_shop(), ben, at=NOW)
    add_visit(make_shop(), aki, at=NOW, state=VisitState.WITHDRAWN)
    assert (str(only(aki).on), only(aki).hour) == ("2026-10-27", 0)


def judged(worker: User, judge: User, moves: list[Move]) -> None:
    """An entry that went this way, through the real workflows."""
    shop, at = make_shop(), NOW - DAY
    entry = make_entry(shop, observed_at=at)
    visit = visits.submit_visit(entry=entry, by=worker, at=at)
    for move in moves:
        at += timedelta(minutes=1)
        if move == Move.RESUBMIT:
            visits.resubmit_visit(visit=visit, entry=entry, by=worker, at=at)
        else:
            moderate.decide(
                visit=visit,
                revision=visit.revision,
                move=move,
                reasons=[] if move == Move.APPROVE else ["incomplete"],
                note="",
                by=judge,
                at=at,
            )


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([], None),
        ([Move.APPROVE], False),
        ([Move.REJECT], False),
        ([Move.RETURN], True),
        ([Move.RETURN, Move.RESUBMIT], True),
        ([Move.RETURN, Move.RESUBMIT, Move.APPROVE], True),
    ],
)
def test_sent_back_counts_once_judged_and_stays_counted(
    aki: User, mori: User, moves: list[Move], expected: bool | None
) -> None:
    judged(aki, mori, moves)
    assert only(aki).was_returned is expected


def test_unsure_is_counted_where_somebody_looked(aki: User) -> None:
    add_visit(make_shop(), aki, at=NOW, alipay=Answer.UNSURE, wechat_pay=Answer.NO)
    assert only(aki).unsure == {"alipay": True, "wechat_pay": False}


def test_a_closed_shop_has_no_answers_to_be_unsure_of(aki: User) -> None:
    add_visit(make_shop(), aki, at=NOW, outcome=Outcome.CLOSED_TODAY, device_time=NOW)
    assert (only(aki).unsure, only(aki).lacks_photo) == ({}, None)


@pytest.mark.parametrize(
    ("notice", "expected"), [("", None), (Notice.KEPT, False), (Notice.CHANGED, True)]
)
def test_a_notice_was_followed_or_not(aki: User, notice: str, expected: bool | None) -> None:
    add_visit(make_shop(), aki, at=NOW, notice=notice)
    assert only(aki).was_changed is expected


@pytest.mark.parametrize(
    ("save", "opened", "expected"),
    [
        (None, None, None),
        ((100, 30), None, 70),
        (None, (100, 30), 70),
        ((100, None), None, 100),
        ((100, 0), (20, 5), 15),  # the nearer of the two
        ((20, 5), (100, 90), 15),
        ((70, 80), None, -10),
    ],
)
def test_the_distance_is_that_of_the_nearer_fix_less_its_accuracy(
    aki: User,
    save: tuple[int, int | None] | None,
    opened: tuple[int, int | None] | None,
    expected: float | None,
) -> None:
    values: dict[str, object] = {}
    for prefix, fix in (("", save), ("open_", opened)):
        if fix:
            values |= {
                f"{prefix}lat_e7": GINZA[0] + fix[0] * METRE,
                f"{prefix}lon_e7": GINZA[1],
                f"{prefix}accuracy_m": fix[1],
            }
    add_visit(make_shop(), aki, at=NOW, **values)  # type: ignore[arg-type]
    found = only(aki).metres_off
    assert found is None if expected is None else found == pytest.approx(expected, abs=0.2)


@pytest.mark.parametrize("drawn", [True, False])
def test_a_new_shop_wants_a_photo_and_a_known_one_by_random_draw(
    aki: User, ben: User, drawn: bool
) -> None:
    shop = shop_that_is(drawn=drawn)
    add_visit(shop, aki, at=NOW, device_time=NOW)
    assert only(aki).lacks_photo is True
    add_photo(add_visit(shop, ben, at=NOW - 179 * DAY))
    assert only(aki).lacks_photo is (True if drawn else None)
    add_photo(add_visit(shop, ben, at=NOW + DAY))  # later: changes nothing
    assert only(aki).lacks_photo is (True if drawn else None)


def test_a_photo_of_half_a_year_ago_is_too_old(aki: User, ben: User) -> None:
    shop = shop_that_is(drawn=False)
    add_photo(add_visit(shop, ben, at=NOW - 180 * DAY))
    add_visit(shop, aki, at=NOW, device_time=NOW)
    assert only(aki).lacks_photo is True


@pytest.mark.parametrize(
    ("values", "photo", "days", "expected"),
    [
        ({}, PhotoState.WAITING, 0, False),
        ({}, PhotoState.READY, 0, False),
        ({}, PhotoState.REFUSED, 0, True),
        ({}, None, 0, True),
        ({"no_photo": "not_allowed"}, None, 0, True),
        ({"photos_declared": 1}, None, 3, None),  # on its way
        ({"photos_declared": 1}, None, 4, True),
        ({"photos_declared": 2}, PhotoState.READY, 4, False),
        ({"device_time": None}, None, 0, None),  # the form of the web never asks
    ],
)
def test_a_photo_lacks_where_none_came_in_time(
    aki: User,
    values: dict[str, object],
    photo: PhotoState | None,
    days: int,
    expected: bool | None,
) -> None:
    visit = add_visit(shop_that_is(drawn=True), aki, at=NOW, **{"device_time": NOW} | values)  # type: ignore[arg-type]
    if photo:
        add_photo(visit, state=photo)
    assert only(aki, NOW + days * DAY).lacks_photo is expected


@pytest.mark.parametrize("number", [1, 12])
def test_two_statements_read_all_of_it(
    aki: User, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _visit in range(number):
        add_photo(add_visit(make_shop(str(uuid4())), aki, at=NOW))
    with django_assert_num_queries(2):
        assert len(work_of(aki, at=NOW)) == number
