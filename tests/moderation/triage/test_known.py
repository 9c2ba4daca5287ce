"""What was known of an entry when it came: never what came later."""

from tests.moderation.triage.makers import DAY, NOON, entry, place
from tracker.moderation.triage.crowd import Crowd
from tracker.moderation.triage.facts import Duplicate, PhotoMatch, Record
from tracker.moderation.triage.known import KnownAnswers, Outside


def known(*records: Record, **outside: object) -> KnownAnswers:
    return KnownAnswers(records, Crowd(records), Outside(**outside))  # type: ignore[arg-type]


def test_only_what_was_received_before_counts() -> None:
    now = entry(5)
    before = entry(3, at=NOON - 60)
    late = entry(9, at=NOON - 120, received=NOON + 3600)  # happened before, came after
    facts = known(now, before, late).facts_of(now)
    assert facts.own == (before,)
    assert facts.shop == (before,)


def test_the_same_moment_is_ordered_by_number() -> None:
    first, second = entry(1), entry(2)
    both = known(first, second)
    assert both.facts_of(first).own == ()
    assert both.facts_of(second).own == (first,)


def test_own_entries_are_the_last_sixty_of_thirty_days() -> None:
    many = [entry(key, at=NOON - DAY + key) for key in range(1, 80)]
    old = entry(100, at=NOON - 31 * DAY)
    now = entry(200)
    assert known(*many, old, now).facts_of(now).own == tuple(many[-60:])


def test_others_are_not_own_and_other_shops_are_not_this_shop() -> None:
    other = entry(1, worker=2, at=NOON - 60)
    elsewhere = entry(2, place=place(2), at=NOON - 50)
    facts = known(other, elsewhere, now := entry(3)).facts_of(now)
    assert (facts.own, facts.shop) == ((elsewhere,), (other,))


def test_a_photo_is_due_where_there_was_none_for_180_days() -> None:
    now = entry(9)
    for days, is_due in ((181, True), (179, False)):
        photo = entry(1, worker=2, at=NOON - days * DAY, photos=1)
        assert known(photo, now).facts_of(now).is_photo_due == is_due
    form = entry(9, is_app=False)
    assert known(form).facts_of(form).is_photo_due is False  # nobody asked


def test_what_lies_outside_is_handed_on() -> None:
    match, duplicate = PhotoMatch(4, 2, 1.0, True), Duplicate(7, "千歳屋", 9.0)
    now = entry(9)
    facts = known(
        now,
        numbers={9: 31},
        matches={9: (match,)},
        overdue=frozenset({9}),
        duplicates={1: (duplicate,)},
        new_shops=frozenset({1}),
    ).facts_of(now)
    assert (facts.number, facts.matches, facts.duplicates) == (31, (match,), (duplicate,))
    assert (facts.is_overdue, facts.is_new_shop) == (True, True)


def test_a_chain_speaks_with_the_last_word_of_each_other_shop() -> None:
    def shop(key: int, number: int, alipay: str) -> Record:
        answers = (alipay, "no", "unsure")
        return entry(key, place=place(number, brand="薬"), answers=answers, at=NOON - 100 + key)

    late = (shop(1, 2, "no"), shop(2, 2, "yes"), shop(3, 3, "yes"))
    now = entry(9, place=place(1, brand="薬"), answers=("no", "no", "no"))
    chains = known(*late, now, chains={"薬": late}).facts_of(now).chains
    assert [(one.trait, one.n, one.alike) for one in chains] == [(0, 2, 2), (1, 2, 0)]
    alone = entry(9, place=place(1))
    assert known(*late, alone, chains={"薬": late}).facts_of(alone).chains == ()
