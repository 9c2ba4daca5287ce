"""The judgement of a run, and that the list of survivors is in order."""

from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant
from tests.mutation.rooms import ROOMS
from tests.mutation.survivors import Outcome, as_toml, listed, verdict

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
QUOTED = Mutant("f", "a = 'x' + \"\\n\"", 'a = "\'"', 2, range(1), "")
PLAIN = Mutant("f", "a < b", "a <= b", 1, range(1), "")


def outcome(*survived: Mutant, killed: int = 99) -> Outcome:
    return Outcome("room", killed, list(survived))


def test_a_run_with_its_survivors_listed_is_as_it_should_be() -> None:
    assert verdict([outcome()], {}) == []
    assert verdict([outcome(PLAIN)], {"room": {PLAIN.key}}) == []


def test_a_new_survivor_is_wrong() -> None:
    [line] = verdict([outcome(PLAIN)], {})
    assert line.startswith("new survivor")
    assert "now = 'a <= b'" in line


def test_a_listed_one_that_is_killed_or_gone_is_wrong() -> None:
    [line] = verdict([outcome()], {"room": {PLAIN.key}})
    assert "take it off the list" in line
    assert verdict([], {"attic": set()}) == ["listed, but no room: attic"]


def test_nine_in_ten_must_die() -> None:
    listed_all = {"room": {PLAIN.key, QUOTED.key}}
    assert verdict([outcome(PLAIN, QUOTED, killed=18)], listed_all) == []
    [line] = verdict([outcome(PLAIN, QUOTED, killed=17)], listed_all)
    assert line == "only 89.5% of the mutants of room are killed"


@pytest.mark.parametrize("mutant", [PLAIN, QUOTED])
def test_what_a_run_prints_can_be_put_on_the_list(mutant: Mutant, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(as_toml("a room", mutant).replace('why = ""', 'why = "x"'), encoding="utf-8")
    assert listed(path) == {"a room": {mutant.key}}


@pytest.mark.parametrize("why", ['why = " "', 'why = "x"\n[[a]]\nof=""\nwas=""\nnow=""\nwhy="x"'])
def test_no_survivor_without_a_reason_and_none_twice(why: str, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(f'[[a]]\nof=""\nwas=""\nnow=""\n{why}')
    with pytest.raises(ValueError, match="twice or has no reason"):
        listed(path)


def test_the_list_and_the_table_of_rooms_are_in_order() -> None:
    assert set(listed()) <= {room.name for room in ROOMS}
    assert len({room.name for room in ROOMS}) == len(ROOMS)
    missing = [room.path for room in ROOMS if not room.file.is_file()]
    missing += [word for room in ROOMS for word in room.words if not Path(word).exists()]
    assert missing == []
