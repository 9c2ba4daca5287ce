"""`python -m tests.mutation [room ...]`: change all that decides, a little at a time, and see a
test fail each time. docs/testing.md says what for.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.rooms import ROOMS, Room
from tests.mutation.run import prepare, run
from tests.mutation.survivors import LIST, Outcome, listed, verdict


def main(names: Sequence[str], rooms: Sequence[Room] = ROOMS, known: Path = LIST) -> int:
    """Run the rooms of these names, or all; 1 where the list of survivors is not right."""
    chosen = [room for room in rooms if not names or room.name in names]
    if len(chosen) < len(set(names)):
        sys.exit(f"There are the rooms: {', '.join(room.name for room in rooms)}")
    may_live = listed(known)
    began = time.monotonic()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="nm-") as folder:
        prepare(Path(folder))
        for room in chosen:
            outcomes.append(run(room, Path(folder)))
            print(line_of(outcomes[-1]), flush=True)
    if names:
        may_live = {room: keys for room, keys in may_live.items() if room in names}
    problems = verdict(outcomes, may_live)
    print("\n".join(problems))
    whole = Outcome("all", sum(one.killed for one in outcomes))
    whole.survived = [mutant for one in outcomes for mutant in one.survived]
    whole.seconds = time.monotonic() - began
    print(line_of(whole))
    return 1 if problems else 0


def line_of(outcome: Outcome) -> str:
    lived = len(outcome.survived)
    return (
        f"{outcome.room:16} {outcome.killed + lived:5} mutants {outcome.killed:5} killed"
        f" {lived:4} survived  {outcome.share:6.1%}  {outcome.seconds:5.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
