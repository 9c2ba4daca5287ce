"""The log is narrowed by what was asked for and by nothing else, newest first."""

from dataclasses import FrozenInstanceError
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.audit import log
from tracker.audit.queries import LogFilter, events, kinds

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def acts(aki: User, ben: User) -> None:
    """Six, numbered from 1, an hour apart."""
    acts = [
        (aki, "logged", "5"), (ben, "logged", "6"), (aki, "opened", "5"),
        (ben, "opened", "5"), (None, "swept", "7"), (aki, "logged", "7"),
    ]  # fmt: skip
    for hour, (actor, kind, subject) in enumerate(acts):
        log.record(
            kind=kind, actor=actor, subject_type="t", subject_id=subject, at=NOON + hour * HOUR
        )


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"subject": "5"}, [4, 3, 1]),
        ({"actor": "ben"}, [4, 2]),
        ({"kind": "logged"}, [6, 2, 1]),
        ({"since": NOON + 4 * HOUR}, [6, 5]),  # its own moment is in
        ({"until": NOON + 2 * HOUR}, [2, 1]),  # and this one is not
        ({"since": NOON + HOUR, "until": NOON + 3 * HOUR, "actor": "aki"}, [3]),
        ({"subject": "5", "kind": "opened", "actor": "ben"}, [4]),
        ({"actor": "nobody"}, []),
    ],
)
def test_what_fits_comes_newest_first(wanted: dict[str, Any], numbers: list[int]) -> None:
    assert [event.pk for event in events(LogFilter(**wanted))] == numbers


def test_each_kind_of_act_is_named_once() -> None:
    assert kinds() == ["logged", "opened", "swept"]


def test_a_filter_of_nothing_is_empty_fields() -> None:
    """As a form shows them."""
    assert LogFilter() == LogFilter(subject="", actor="", kind="", since=None, until=None)


def test_a_filter_does_not_change_under_a_page() -> None:
    with pytest.raises(FrozenInstanceError):
        LogFilter().actor = "x"  # type: ignore[misc]
