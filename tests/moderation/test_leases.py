"""Leases: ten entries for ten minutes, offered to nobody else, given back."""

from datetime import timedelta

import pytest

from tests.factories import NOON, make_screening, make_shop, make_visit
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.moderation import leases
from tracker.moderation.kinds import Priority
from tracker.moderation.models import Lease
from tracker.moderation.queries import waiting_for

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(minutes=9)
AFTER = NOON + timedelta(minutes=11)


@pytest.fixture
def thirty(aki: User) -> list[Visit]:
    shop = make_shop()
    return [make_visit(shop, aki, at=NOON - timedelta(hours=40 - n)) for n in range(30)]


def take(person: User, at: object = NOON) -> set[int]:
    return set(leases.take_leases(among=waiting_for(person), by=person, at=at))  # type: ignore[arg-type]


def test_opening_takes_the_ten_oldest(thirty: list[Visit], mori: User) -> None:
    assert take(mori) == {visit.pk for visit in thirty[:10]}
    lease = Lease.objects.first()
    assert lease is not None
    assert lease.expires_at - lease.taken_at == timedelta(minutes=10)


def test_a_higher_priority_is_taken_before_an_older_entry(thirty: list[Visit], mori: User) -> None:
    make_screening(thirty[29], priority=Priority.HIGH)
    make_screening(thirty[0], priority=Priority.LOW)
    assert take(mori) == {thirty[29].pk, *(visit.pk for visit in thirty[1:10])}


def test_a_priority_of_an_older_revision_does_not_count(thirty: list[Visit], mori: User) -> None:
    make_screening(thirty[29], priority=Priority.HIGH, revision=2)
    assert thirty[29].pk not in take(mori)


def test_nobody_else_is_offered_what_is_taken(thirty: list[Visit], mori: User, rin: User) -> None:
    assert take(mori).isdisjoint(take(rin))
    assert Lease.objects.count() == 20


def test_opening_again_renews_and_takes_no_more(thirty: list[Visit], mori: User) -> None:
    first = take(mori)
    assert take(mori, LATER) == first
    assert {lease.expires_at for lease in Lease.objects.all()} == {LATER + leases.LEASE}


def test_what_ran_out_is_offered_to_others(thirty: list[Visit], mori: User, rin: User) -> None:
    first = take(mori)
    assert take(rin, LATER).isdisjoint(first)
    leases.release_leases(by=rin)
    assert take(rin, AFTER) == first
    assert set(Lease.objects.values_list("by__username", flat=True)) == {"rin"}


def test_activity_keeps_what_would_run_out(thirty: list[Visit], mori: User, rin: User) -> None:
    first = take(mori)
    leases.renew_leases(by=mori, at=LATER)
    assert take(rin, AFTER).isdisjoint(first)


def test_other_filters_give_the_rest_back(thirty: list[Visit], mori: User) -> None:
    take(mori)
    among = waiting_for(mori).filter(pk=thirty[20].pk)
    assert leases.take_leases(among=among, by=mori, at=NOON) == [thirty[20].pk]
    assert Lease.objects.count() == 1


def test_own_entries_are_never_on_the_desk(thirty: list[Visit], aki: User) -> None:
    assert take(aki) == set()


def test_leaving_gives_everything_back(thirty: list[Visit], mori: User, rin: User) -> None:
    first = take(mori)
    assert leases.release_leases(by=mori) == 10
    assert take(rin) == first


def test_a_page_that_closes_late_takes_nothing_from_the_next_one(
    thirty: list[Visit], mori: User
) -> None:
    take(mori)
    ends = leases.renew_leases(by=mori, at=NOON)
    take(mori, LATER)
    assert leases.release_leases(by=mori, until=ends) == 0
    assert leases.release_leases(by=mori, until=LATER + leases.LEASE) == 10
