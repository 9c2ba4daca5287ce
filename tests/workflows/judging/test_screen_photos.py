"""Screening waits for photos that were announced, and looks at those that come late."""

from datetime import timedelta

import pytest

from tests.factories import NOON, make_shop
from tests.workflows.entries.phone import by_phone, keep_photo, make_ready
from tests.workflows.judging.screened import codes, look, review_reason, settled_site
from tracker.accounts.models import User
from tracker.demo.simulated.entries import Shot
from tracker.demo.simulated.pictures import photo_of
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Priority, ReviewReason
from tracker.moderation.models import Flag, Screening
from tracker.outbox.models import OutboxMessage
from tracker.workflows.judging import screen

pytestmark = pytest.mark.django_db
__all__ = ["settled_site"]  # a fixture
SOON = NOON + timedelta(minutes=1)


def due_again(visit: Visit) -> list[float]:
    """Minutes after noon at which the entry is looked at again."""
    rows = OutboxMessage.objects.filter(handler="screen_visit", about=visit.pk).order_by("pk")
    return [(row.due_at - NOON).total_seconds() / 60 for row in rows[1:]]


@pytest.mark.usefixtures("settled")
def test_announced_photos_are_waited_for_half_an_hour(aki: User) -> None:
    visit = by_phone(make_shop(), aki, declared=1)
    look(visit, minutes=10)
    assert Screening.objects.count() == 0
    assert due_again(visit) == [pytest.approx(19.9, abs=0.1)]
    look(visit, minutes=25)
    assert due_again(visit)[-1] == pytest.approx(30.1, abs=0.1)  # never after the half hour
    look(visit, minutes=31)
    assert (codes(visit), review_reason(visit)) == (["photo_late"], ReviewReason.FLAGGED)
    assert due_again(visit)[-1] == 91


@pytest.mark.usefixtures("settled")
def test_a_photo_that_is_being_prepared_is_waited_for_and_then_looked_at(aki: User) -> None:
    visit = by_phone(make_shop(), aki, declared=1)
    photo = keep_photo(visit, 5, is_ready=False)
    look(visit)
    assert Screening.objects.count() == 0
    assert screen.approve_by_rule(revisions={visit.pk: 1}, at=SOON) == 0
    make_ready(photo, photo_of(Shot(5), copy=5))
    look(visit, minutes=2)
    assert (visit.state, codes(visit)) == (VisitState.APPROVED, [])
    assert len(bytes(photo.look.greys)) == 1024


@pytest.mark.usefixtures("settled")
def test_a_late_photo_that_was_used_before_is_still_found(aki: User, ben: User) -> None:
    first = by_phone(make_shop(), ben, declared=1)
    keep_photo(first, 5)
    visit = by_phone(make_shop("若葉"), aki, declared=1)
    look(first, visit, minutes=31)
    assert codes(visit) == ["photo_late"]
    keep_photo(visit, 5)
    look(visit, minutes=91)
    flag = Flag.objects.get(visit=visit)
    assert (flag.code, flag.weight, flag.facts) == ("photo_same", 3.0, {"visit": first.pk})
    assert Screening.objects.get(visit=visit).priority == Priority.HIGH


def test_after_three_days_nobody_waits_for_photos_any_more(aki: User) -> None:
    visit = by_phone(make_shop(), aki, declared=1)
    look(visit, minutes=3 * 24 * 60 + 1)
    assert due_again(visit) == []
