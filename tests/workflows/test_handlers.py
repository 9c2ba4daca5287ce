"""What each piece of work calls, how bursts are folded, and what a failure leaves behind."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories import NOON
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.workflows import dispatch

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)
LIFE = timedelta(seconds=outbox.CLAIM_SECONDS)
# handler, what the messages are about, the function and every call of it
CALLS: list[tuple[str, list[str], str, list[dict[str, object]]]] = [
    ("refresh_shop", ["3", "4"], "refresh_shops", [{"shop_ids": [3, 4], "at": NOON}]),
    ("screen_visit", ["3", "4"], "screen_visits", [{"visit_ids": [3, 4], "at": NOON}]),
    ("prepare_photo", ["3", "4"], "prepare_photo",
     [{"photo_id": 3, "at": NOON}, {"photo_id": 4, "at": NOON}]),
    ("place_held", ["a:1"], "place_parked", [{"waits_for": "a:1"}]),
    ("recount_routes", ["4:2025-09-16:"], "recount_routes",
     [{"about": "4:2025-09-16:", "at": NOON}]),
    ("begin_rebuild", ["all"], "rebuild.ensure_rebuild", [{"at": NOON}]),
    ("count_city", ["5:13100"], "rebuild.count_cities",
     [{"snapshot_id": 5, "cities": ["13100"], "at": NOON}]),
    ("finish_rebuild", ["5"], "rebuild.finish_rebuild", [{"snapshot_id": 5, "at": NOON}]),
    ("drop_snapshot", ["5"], "rebuild.drop_snapshot", [{"snapshot_id": 5}]),
    ("make_release", ["6"], "release_making.make_release", [{"release_id": 6, "at": NOON}]),
    ("check_release", ["6:2"], "release_making.check_asked",
     [{"release_id": 6, "by_id": 2, "at": NOON}]),
    ("make_extract", ["u-1"], "make_workbook", [{"uuid": "u-1", "at": NOON}]),
    ("draw_map", ["ab12"], "draw_map", [{"digest": "ab12", "at": NOON}]),
]  # fmt: skip


def test_every_handler_is_tried_here() -> None:
    assert [handler for handler, *_rest in CALLS] == sorted(
        dispatch.HANDLERS, key=[handler for handler, *_rest in CALLS].index
    )


@pytest.mark.parametrize(("handler", "abouts", "function", "calls"), CALLS)
def test_a_handler_calls_its_function(
    monkeypatch: pytest.MonkeyPatch,
    handler: str,
    abouts: list[str],
    function: str,
    calls: list[dict[str, object]],
) -> None:
    made: list[dict[str, object]] = []
    room, _dot, name = function.rpartition(".")
    target: Any = getattr(dispatch, room) if room else dispatch
    monkeypatch.setattr(target, name, lambda **words: made.append(words))
    dispatch.HANDLERS[handler](abouts, NOON)
    assert made == calls


Handle = Callable[[list[str], datetime], None]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], datetime]]:
    """What the handlers below were called with; what is about "bad" fails."""
    calls: list[tuple[list[str], datetime]] = []

    def handle(abouts: list[str], at: datetime) -> None:
        calls.append((abouts, at))
        if "bad" in abouts:
            raise LookupError("no such shop")

    handlers: dict[str, Handle] = {"refresh_shop": handle, "draw_map": handle}
    monkeypatch.setattr(dispatch, "HANDLERS", handlers)
    return calls


def put(handler: str, *abouts: str) -> list[OutboxMessage]:
    return [outbox.put(handler=handler, about=about, at=NOON, notify=False) for about in abouts]


def open_abouts() -> list[str]:
    waiting = OutboxMessage.objects.filter(done_at=None).order_by("pk")
    return list(waiting.values_list("about", flat=True))


def test_a_burst_of_one_handler_is_one_pass(done: list[tuple[list[str], datetime]]) -> None:
    first, *_others = put("refresh_shop", "1", "2", "3")
    put("draw_map", "x")
    assert dispatch.work(message_id=first.pk, at=LATER) == 3
    assert done == [(["1", "2", "3"], LATER)]
    assert open_abouts() == ["x"]
    assert set(OutboxMessage.objects.exclude(done_at=None).values_list("done_at", flat=True)) == {
        LATER
    }


def test_other_work_is_done_one_by_one(done: list[tuple[list[str], datetime]]) -> None:
    first, *_others = put("draw_map", "x", "y")
    assert dispatch.work(message_id=first.pk, at=LATER) == 1
    assert done == [(["x"], LATER)]
    assert open_abouts() == ["y"]


def test_only_what_comes_in_bursts_is_folded_and_only_so_much() -> None:
    assert {"refresh_shop", "screen_visit"} == dispatch.IN_ONE_PASS
    assert dispatch.TOGETHER == 500


def test_a_pass_takes_no_more_than_its_share(
    done: list[tuple[list[str], datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "TOGETHER", 3)
    first, *_others = put("refresh_shop", "1", "2", "3", "4")
    assert dispatch.work(message_id=first.pk, at=LATER) == 3
    assert open_abouts() == ["4"]


def test_a_bad_row_in_a_burst_stops_none_of_the_others(
    done: list[tuple[list[str], datetime]], caplog: pytest.LogCaptureFixture
) -> None:
    first, bad, _last = put("refresh_shop", "1", "bad", "3")
    with caplog.at_level(logging.ERROR, "tracker.workflows.dispatch"):
        assert dispatch.work(message_id=first.pk, at=LATER) == 2
    assert [abouts for abouts, _at in done] == [["1", "bad", "3"], ["1"], ["bad"], ["3"]]
    assert {at for _abouts, at in done} == {LATER}
    assert open_abouts() == ["bad"]
    bad.refresh_from_db()
    assert bad.last_error == "LookupError: no such shop"
    assert bad.due_at == LATER + timedelta(seconds=4)
    assert f"outbox message {bad.pk} refresh_shop(bad) failed" in caplog.text
    assert "LookupError" in caplog.text  # with where it came from


def test_a_bad_row_beside_one_other_stops_it_no_more_than_many(
    done: list[tuple[list[str], datetime]],
) -> None:
    first, _bad = put("refresh_shop", "1", "bad")
    assert dispatch.work(message_id=first.pk, at=LATER) == 1
    assert open_abouts() == ["bad"]


def test_work_of_a_handler_that_is_gone_is_a_failure_like_any_other(
    done: list[tuple[list[str], datetime]],
) -> None:
    [row] = put("forgotten", "1")
    assert dispatch.work(message_id=row.pk, at=LATER) == 0
    row.refresh_from_db()
    assert (row.done_at, row.last_error) == (None, "KeyError: 'forgotten'")


def test_what_somebody_else_has_is_left_to_them(done: list[tuple[list[str], datetime]]) -> None:
    [row] = put("draw_map", "x")
    assert outbox.claim(message_id=row.pk, at=LATER)
    assert dispatch.work(message_id=row.pk, at=LATER) == 0
    assert done == []


def test_a_sweep_does_what_is_due_the_longest_due_first(
    done: list[tuple[list[str], datetime]],
) -> None:
    put("draw_map", "second", "third")
    OutboxMessage.objects.create(
        handler="draw_map", about="first", created_at=NOON - LIFE, due_at=NOON - LIFE
    )
    OutboxMessage.objects.create(
        handler="draw_map", about="later", created_at=NOON, due_at=LATER + LIFE
    )
    OutboxMessage.objects.create(
        handler="draw_map", about="taken", created_at=NOON, due_at=NOON, claimed_at=LATER - LIFE
    )
    assert dispatch.sweep(at=LATER) == 3
    assert [abouts for abouts, _at in done] == [["first"], ["second"], ["third"]]


class Clock:
    """A clock that goes ten seconds at each look."""

    def __init__(self) -> None:
        self.time = LATER

    def now(self) -> datetime:
        self.time += timedelta(seconds=10)
        return self.time


def test_a_sweep_ends_after_half_a_minute(
    done: list[tuple[list[str], datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looks: one for the end, and two a message: at 10 s; 20, 30; 40 and 50, which is too late."""
    monkeypatch.setattr(dispatch, "timezone", Clock())
    put("draw_map", *"abcdef")
    assert dispatch.sweep(at=LATER) == 2
    assert [at - LATER for _abouts, at in done] == [timedelta(seconds=20), timedelta(seconds=40)]
    assert timedelta(seconds=30) == dispatch.SWEEP_BUDGET


def test_a_sweep_at_the_edge_of_its_time_goes_on(
    done: list[tuple[list[str], datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "timezone", Clock())
    monkeypatch.setattr(
        dispatch, "SWEEP_BUDGET", timedelta(seconds=20)
    )  # until 30: reached, not passed
    put("draw_map", *"abcdef")
    assert dispatch.sweep(at=LATER) == 2


def test_a_sweep_takes_two_thousand_at_most(
    done: list[tuple[list[str], datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put_all(handler="draw_map", abouts=range(2001), at=NOON)
    taken: set[int] = set()

    def work(*, message_id: int, at: datetime) -> int:
        taken.add(message_id)
        return 1

    monkeypatch.setattr(dispatch, "work", work)
    assert dispatch.sweep(at=LATER) == len(taken) == 2000
