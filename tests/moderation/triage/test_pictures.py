"""What a photo tells. Each flag raised and not."""

from tests.moderation.triage.makers import entry, facts
from tracker.moderation.triage.album import ALIKE
from tracker.moderation.triage.facts import PhotoMatch
from tracker.moderation.triage.pictures import photo_late, photo_missing, photo_near, photo_same


def test_the_same_file_at_another_shop_is_the_strongest_flag() -> None:
    found = photo_same(facts(matches=(PhotoMatch(7, 1, 1.0, True), PhotoMatch(8, 2, 1.0, True))))
    assert found is not None
    assert (found.number, found.weight, found.facts) == (3, 3.0, {"visit": 8})


def test_the_same_file_at_the_same_shop_weighs_less() -> None:
    found = photo_same(facts(matches=(PhotoMatch(7, 1, 1.0, True),)))
    assert found is not None
    assert found.weight == 1.0


def test_a_photo_of_its_own_raises_nothing() -> None:
    assert photo_same(facts()) is None
    assert photo_near(facts()) is None


def test_a_like_picture_of_another_shop_is_said_with_how_it_was_changed() -> None:
    found = photo_near(facts(matches=(PhotoMatch(8, 2, ALIKE, False, "mirrored"),)))
    assert found is not None
    assert (found.number, found.limit) == (100 * ALIKE, 100 * ALIKE)
    assert found.facts == {"visit": 8, "how": "mirrored"}


def test_just_less_alike_or_of_the_same_shop_is_not_said() -> None:
    assert photo_near(facts(matches=(PhotoMatch(8, 2, ALIKE - 0.001, False, "whole"),))) is None
    assert photo_near(facts(matches=(PhotoMatch(8, 1, 1.0, False, "whole"),))) is None


def test_a_photo_that_was_asked_for_is_missed() -> None:
    assert photo_missing(facts(is_photo_due=True)) is not None


def test_a_reason_a_photo_or_another_outcome_is_enough() -> None:
    for one in (
        entry(no_photo="not_allowed"),
        entry(photos=1),
        entry(declared=1),
        entry(outcome="closed_today"),
    ):
        assert photo_missing(facts(one, is_photo_due=True)) is None
    assert photo_missing(facts(is_photo_due=False)) is None


def test_announced_photos_that_do_not_come_are_counted() -> None:
    found = photo_late(facts(entry(photos=1, declared=2), is_overdue=True))
    assert found is not None
    assert (found.number, found.limit) == (1, 2)
    assert photo_late(facts(entry(photos=1, declared=2))) is None
