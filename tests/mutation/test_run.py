"""The run can fail: mutants are planted that no test notices, and it names each of them."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.once, pytest.mark.slow(18)]
PROGRAM = """
import sys
from pathlib import Path
from tests.mutation.__main__ import main
from tests.mutation.rooms import Room
room = Room("sample", "tests/mutation/sample/judged.py", (f"mutation/sample/{sys.argv[1]}.py",))
sys.exit(main([], (room,), Path(sys.argv[2])))
"""


def ran(tests: str, known: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, tests, str(known)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def known(tmp_path: Path) -> Path:
    path = tmp_path / "survivors.toml"
    path.write_text("")
    return path


def test_strong_tests_leave_no_mutant_alive(known: Path) -> None:
    done = ran("strong", known)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 survived  100.0%" in done.stdout
    # In the function and in the table: by both ways of bringing a mutant in.
    assert int(done.stdout.split()[1]) == 12


def test_weak_tests_are_told_which_mutants_they_let_live(known: Path) -> None:
    done = ran("weak", known)
    assert done.returncode == 1, done.stdout + done.stderr
    for change in ("if size <= 0:", "return size < LIMITS[kind]", '{"small": 4, "large": 30}'):
        assert change in done.stdout
    assert "% of the mutants of sample are killed" in done.stdout
