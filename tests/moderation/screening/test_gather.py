"""Facts gathered from the database: right, and in a number of queries that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, make_approved, make_shop, make_user, make_visit
from tests.workflows.entries.phone import by_phone, keep_photo
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.screening.gather import entry_numbers, facts_of_visits, reviews_of
from tracker.moderation.transitions import Move
from tracker.places.grid import Fix
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.workflows.judging import moderate
from tracker.workflows.judging.screen import take_looks

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)


def test_an_entry_of_the_phone_becomes_its_record(aki: User) -> None:
    visit = by_phone(make_shop(), aki, filled_ms=8200, offset_ms=-400_000, declared=1)
    entry = facts_of_visits([visit.pk])[visit.pk].entry
    assert (entry.key, entry.worker, entry.place.shop) == (visit.pk, aki.pk, visit.shop_id)
    assert (entry.at, entry.received) == (
        visit.observed_at.timestamp(),
        visit.received_at.timestamp(),
    )
    assert (entry.seconds, entry.offset_s, entry.is_app) == (8.2, -400.0, True)
    assert entry.answers == ("yes", "no", "not_checked")
    assert entry.fixes == (Fix(356_717_000, 1_397_650_000, 8),)
    assert (entry.photos, entry.declared) == (0, 1)


def test_the_form_in_the_browser_is_timed_by_our_clock(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    Visit.objects.update(opened_at=NOON - timedelta(seconds=31), received_at=NOON)
    entry = facts_of_visits([visit.pk])[visit.pk].entry
    assert (entry.seconds, entry.is_app, entry.fixes) == (31.0, False, ())
    Visit.objects.update(opened_at=NOON - timedelta(hours=2))
    assert facts_of_visits([visit.pk])[visit.pk].entry.seconds is None  # lay open too long


def test_the_history_is_that_of_the_shop_it_was_merged_into(aki: User, ben: User) -> None:
    shop, duplicate = make_shop(), make_shop("千歳屋二")
    first = make_visit(duplicate, ben)
    Shop.objects.filter(pk=duplicate.pk).update(merged_into=shop)
    second = make_visit(shop, aki, at=NOON + HOUR)
    facts = facts_of_visits([second.pk])[second.pk]
    assert [one.key for one in facts.shop] == [first.pk]
    assert facts.shop[0].place.shop == shop.pk


def test_withdrawn_entries_are_no_facts(aki: User, ben: User) -> None:
    shop = make_shop()
    first, second = make_visit(shop, ben), make_visit(shop, aki, at=NOON + HOUR)
    Visit.objects.filter(pk=first.pk).update(state=VisitState.WITHDRAWN)
    assert facts_of_visits([first.pk, second.pk])[second.pk].shop == ()
    assert first.pk not in facts_of_visits([first.pk])


def test_a_new_shop_and_its_duplicate_are_found_and_an_old_one_is_not_new(aki: User) -> None:
    old = make_shop("うぐいす薬局")
    new = make_shop("うぐいす薬局", lat_e7=old.lat_e7 + 900)
    Shop.objects.filter(pk=old.pk).update(created_at=NOON - timedelta(days=31), created_by=aki)
    Shop.objects.filter(pk=new.pk).update(created_by=aki)
    ids = [make_visit(shop, aki, at=NOON + HOUR).pk for shop in (old, new)]
    first, second = facts_of_visits(ids).values()
    assert (first.is_new_shop, second.is_new_shop) == (False, True)
    assert [(duplicate.shop, round(duplicate.metres)) for duplicate in second.duplicates] == [
        (old.pk, 10)
    ]


def test_a_shop_on_another_floor_is_no_duplicate(aki: User) -> None:
    old, new = make_shop("うぐいす薬局"), make_shop("うぐいす薬局")
    Shop.objects.filter(pk=old.pk).update(floor="1F", created_at=NOON - timedelta(days=90))
    Shop.objects.filter(pk=new.pk).update(floor="2F", created_by=aki)
    visit = make_visit(new, aki)
    facts = facts_of_visits([visit.pk])[visit.pk]
    assert (facts.is_new_shop, facts.duplicates) == (True, ())


def test_a_photo_sent_again_matches_the_earlier_entry_only(aki: User, ben: User) -> None:
    first = by_phone(make_shop(), ben)
    second = by_phone(make_shop("若葉"), aki, at=NOON + HOUR)
    for visit in (first, second):
        keep_photo(visit, 5)
    facts = facts_of_visits([first.pk, second.pk])
    assert facts[first.pk].matches == ()
    (match,) = facts[second.pk].matches
    assert (match.visit, match.shop, match.is_exact) == (first.pk, first.shop_id, True)


@pytest.mark.parametrize(("change", "how"), [("mirrored", "mirrored"), ("cropped", "whole")])
def test_a_changed_photo_matches_by_its_look(aki: User, ben: User, change: str, how: str) -> None:
    """So little is cut off that the whole pictures are alike enough."""
    first = by_phone(make_shop(), ben)
    second = by_phone(make_shop("若葉"), aki, at=NOON + HOUR)
    keep_photo(first, 5)
    keep_photo(second, 5, change=change)
    take_looks(visit_ids=[first.pk, second.pk])
    (match,) = facts_of_visits([second.pk])[second.pk].matches
    assert (match.visit, match.is_exact, match.how) == (first.pk, False, how)


def test_two_photos_of_one_entry_are_no_match(aki: User) -> None:
    visit = by_phone(make_shop(), aki)
    keep_photo(visit, 5)
    keep_photo(visit, 5, change="mirrored")
    take_looks(visit_ids=[visit.pk])
    assert facts_of_visits([visit.pk])[visit.pk].matches == ()


def test_entries_are_numbered_by_receipt(aki: User, ben: User) -> None:
    shop = make_shop()
    visits = [make_visit(shop, aki, at=NOON + HOUR * number) for number in (3, 1, 2)]
    other = make_visit(shop, ben)
    numbers = entry_numbers([visit.pk for visit in (*visits, other)])
    assert [numbers[visit.pk] for visit in visits] == [3, 1, 2]
    assert numbers[other.pk] == 1
    assert entry_numbers([visits[2].pk]) == {visits[2].pk: 2}  # however few are asked for


def test_reviews_are_those_of_people_and_of_late(aki: User, mori: User) -> None:
    shop = make_shop()
    make_approved(shop, aki, mori)
    bad = make_visit(shop, aki, at=NOON + HOUR)
    moderate.decide(
        visit=bad, revision=1, move=Move.RETURN, reasons=[Reason.TOO_FAR.value], note="",
        by=mori, at=NOON + 2 * HOUR,
    )  # fmt: skip
    assert reviews_of({aki.pk}, at=NOON + 3 * HOUR) == {aki.pk: (2, 1)}
    assert reviews_of({aki.pk}, at=NOON + timedelta(days=91)) == {}


def busy(n: int) -> list[int]:
    """Entries of several workers in several shops of a chain, half of them with a photo."""
    workers = [make_user(f"w{n}-{number}", Role.FIELDWORKER) for number in range(3)]
    made = []
    for number in range(n):
        shop = make_shop(f"店{n}-{number}")
        Shop.objects.filter(pk=shop.pk).update(brand="薬", created_by=workers[0])
        visit = by_phone(shop, workers[number % 3], at=NOON + timedelta(minutes=number))
        if number % 2:
            keep_photo(visit, number)
        made.append(visit.pk)
    take_looks(visit_ids=made)
    return made


def test_the_number_of_queries_does_not_grow() -> None:
    few, many = busy(2), busy(24)
    counts = []
    for ids in (few, many):
        with CaptureQueriesContext(connection) as queries:
            assert len(facts_of_visits(ids)) == len(ids)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_a_chain_is_known_by_its_brand(aki: User, ben: User) -> None:
    shops = [make_shop(f"薬{number}") for number in range(3)]
    Shop.objects.update(brand="薬")
    for shop in shops[:2]:
        make_visit(shop, ben, alipay=Answer.NO)
    closed = make_visit(shops[2], aki, at=NOON + HOUR, outcome=Outcome.CLOSED_TODAY)  # type: ignore[arg-type]
    visit = make_visit(shops[2], aki, at=NOON + HOUR)
    facts = facts_of_visits([visit.pk, closed.pk])
    assert [(one.n, one.alike) for one in facts[visit.pk].chains] == [(2, 2), (2, 0)]
    assert facts[closed.pk].chains == ()
