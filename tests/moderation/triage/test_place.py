"""Where the phone was. Each flag at its limit, raised and not."""

from tests.moderation.triage.makers import LAT, LON, at, entry, facts, place
from tracker.moderation.triage.place import accuracy, far, frozen, gps_poor, no_gps
from tracker.places.grid import Fix


def test_sixty_metres_beyond_the_accuracy_are_not_far() -> None:
    assert far(facts(entry(fixes=(at(north=69.9, accuracy=10),)))) is None


def test_a_metre_more_is_far_and_says_how_far() -> None:
    found = far(facts(entry(fixes=(at(north=71, accuracy=10),))))
    assert found is not None
    assert (found.code, round(found.number), found.limit, found.weight) == ("far", 61, 60, 1.0)


def test_far_beyond_half_a_kilometre_is_strong() -> None:
    found = far(facts(entry(fixes=(at(north=600, accuracy=10),))))
    assert found is not None
    assert found.weight == 2.0


def test_the_nearer_of_two_fixes_counts() -> None:
    assert far(facts(entry(fixes=(at(north=900), at(north=20))))) is None


def test_where_others_are_off_the_same_way_the_pin_is_doubted() -> None:
    off = (at(north=200),)
    other = entry(2, worker=2, fixes=(at(north=210),))
    found = far(facts(entry(fixes=off), shop=(other,)))
    assert found is not None
    assert (found.weight, found.facts) == (0.5, {"others_too": 1})


def test_an_own_earlier_entry_off_the_same_way_excuses_nothing() -> None:
    off = (at(north=200),)
    found = far(facts(entry(fixes=off), shop=(entry(2, fixes=off),)))
    assert found is not None
    assert found.weight == 1.0


def test_without_a_fix_nothing_is_far() -> None:
    assert far(facts(entry(fixes=()))) is None


def test_an_accuracy_of_a_hundred_metres_is_not_poor_and_one_more_is() -> None:
    assert gps_poor(facts(entry(fixes=(at(accuracy=100),)))) is None
    found = gps_poor(facts(entry(fixes=(at(accuracy=101),))))
    assert found is not None
    assert (found.number, found.limit) == (101, 100)


def test_one_good_fix_of_two_is_not_poor() -> None:
    assert gps_poor(facts(entry(fixes=(at(accuracy=900), at(accuracy=9))))) is None


def test_no_position_at_all_is_said() -> None:
    assert no_gps(facts(entry(fixes=()))) is not None
    assert no_gps(facts()) is None


def test_the_same_coordinates_at_three_shops_are_frozen_at_two_they_are_not() -> None:
    spot = (at(north=300),)
    own = [entry(number, place=place(number, north=400 * number), fixes=spot) for number in (2, 3)]
    assert frozen(facts(entry(fixes=spot), own=(own[0],))) is None
    found = frozen(facts(entry(fixes=spot), own=tuple(own)))
    assert found is not None
    assert (found.number, found.limit, found.weight) == (3, 3, 2.0)


def test_a_repeated_position_at_shops_side_by_side_weighs_little() -> None:
    spot = (at(),)
    own = tuple(entry(number, place=place(number, north=9), fixes=spot) for number in (2, 3))
    found = frozen(facts(entry(fixes=spot), own=own))
    assert found is not None
    assert found.weight == 0.5


def test_one_shop_visited_again_is_not_frozen() -> None:
    own = tuple(entry(number) for number in range(2, 9))
    assert frozen(facts(own=own)) is None


def test_the_sixth_digit_decides() -> None:
    spots = [Fix(LAT + 10 * number, LON, 10) for number in range(3)]
    own = tuple(
        entry(number, place=place(number, north=400), fixes=(spots[number - 1],))
        for number in (2, 3)
    )
    assert frozen(facts(entry(fixes=(spots[0],)), own=own)) is None


def test_an_accuracy_of_zero_is_frozen() -> None:
    found = accuracy(facts(entry(fixes=(at(accuracy=0),))))
    assert found is not None
    assert (found.number, found.facts) == (1, {"accuracy": 0})
    assert accuracy(facts()) is None
    assert accuracy(facts(entry(fixes=()))) is None


def test_an_accuracy_that_never_changes_is_frozen_after_twenty() -> None:
    own = tuple(
        entry(number, place=place(number), fixes=(at(north=number, accuracy=7),))
        for number in range(2, 22)
    )
    last = entry(fixes=(at(accuracy=7),))
    assert accuracy(facts(last, own=own[:18])) is None
    found = accuracy(facts(last, own=own[:19]))
    assert found is not None
    assert (found.number, found.limit, found.facts) == (20, 20, {"accuracy": 7})
    varied = (*own[:10], entry(50, fixes=(at(north=50, accuracy=8),)), *own[10:18])
    assert accuracy(facts(last, own=varied)) is None


def test_a_frozen_position_says_enough() -> None:
    spot = (at(north=300, accuracy=7),)
    own = tuple(entry(number, place=place(number), fixes=spot) for number in range(2, 22))
    both = facts(entry(fixes=spot), own=own)
    assert frozen(both) is not None
    assert accuracy(both) is None
