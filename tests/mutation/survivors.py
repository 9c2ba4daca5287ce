"""The list of mutants that may live, each with its reason, and the judgement of a run."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutation.mutants import Key, Mutant

LIST = Path(__file__).with_name("survivors.toml")
LEAST_SHARE = 0.9  # of all mutants, the equivalent ones too


@dataclass
class Outcome:
    """What became of the mutants of one room."""

    room: str
    killed: int = 0
    survived: list[Mutant] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def share(self) -> float:
        return self.killed / max(1, self.killed + len(self.survived))


def listed(path: Path = LIST) -> dict[str, set[Key]]:
    """Room → mutants that may live. ValueError where one has no reason or stands twice."""
    found: dict[str, set[Key]] = {}
    for room, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        keys = [(row["of"], row["was"], row["now"], row.get("nth", 1)) for row in rows]
        if len(set(keys)) < len(keys) or not all(row["why"].strip() for row in rows):
            raise ValueError(f"{path.name}: a mutant of {room} stands twice or has no reason")
        found[room] = set(keys)
    return found


def verdict(outcomes: Sequence[Outcome], known: Mapping[str, set[Key]]) -> list[str]:
    """What is wrong with a run, in lines; none where it is as it should be."""
    rooms = {outcome.room for outcome in outcomes}
    wrong = [f"listed, but no room: {room}" for room in sorted(set(known) - rooms)]
    for outcome in outcomes:
        may_live = known.get(outcome.room, set())
        wrong += [
            f"new survivor: add a test, or its reason to the list:\n{as_toml(outcome.room, mutant)}"
            for mutant in outcome.survived
            if mutant.key not in may_live
        ]
        lived = {mutant.key for mutant in outcome.survived}
        wrong += [
            f"listed under {outcome.room} but killed, or gone: take it off the list: {key}"
            for key in sorted(may_live - lived)
        ]
        if outcome.share < LEAST_SHARE:
            wrong.append(f"only {outcome.share:.1%} of the mutants of {outcome.room} are killed")
    return wrong


def as_toml(room: str, mutant: Mutant) -> str:
    """As it would stand in the list, but for its reason."""
    lines = [f"[[{_quoted(room)}]]"]
    lines += [f"{key} = {_quoted(getattr(mutant, key))}" for key in ("of", "was", "now")]
    if mutant.nth > 1:
        lines.append(f"nth = {mutant.nth}")
    return "\n".join([*lines, 'why = ""'])


def _quoted(text: str) -> str:
    """A literal string where that is possible: no sign of Python's is doubled in it."""
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
