"""The child's fences, tried from inside by one who wants out."""

import subprocess

import pytest

from tracker.fieldwork.pictures import photos
from tracker.fieldwork.pictures.confinement import MEMORY_BYTES

pytestmark = pytest.mark.once

CONFINED = (
    "import sys; sys.path[:0] = sys.argv[1:3]; import os, socket, ctypes, signal, time; "
    "from tracker.fieldwork.pictures.confinement import confine; confine(seconds=5)\n"
    "try:\n    {deed}\n    print('did it')\n"
    "except BaseException as error:\n    print(type(error).__name__)"
)
FORBIDDEN = {
    "read a file": "open('/etc/hostname')",
    "write a file": "open('/tmp/noren-was-here', 'w')",
    "list a folder": "os.listdir('/')",
    "reach the network": "socket.socket()",
    "start a program": "os.execv('/bin/true', ['true'])",
    "start a process": "os.fork()",
    "signal its parent": "os.kill(os.getppid(), 0)",
    "signal itself": "os.kill(os.getpid(), 0)",
    "take more memory": f"bytearray({MEMORY_BYTES})",
    "copy an open file": "os.dup(0)",
    "lift a limit": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "become somebody": "os.setuid(0)",
    "remove a file": "os.unlink('/tmp/noren-was-never-here')",
}


HARMLESS = ("list a folder", "reach the network", "signal its parent", "signal itself",
            "copy an open file")  # fmt: skip


def tried(deed: str, program: str = CONFINED) -> str:
    done = subprocess.run(
        [*photos.PYTHON, program.format(deed=deed), *photos.arguments()],
        capture_output=True,
        text=True,
        env={},
        check=False,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("deed", FORBIDDEN)
def test_a_confined_child_cannot(deed: str) -> None:
    refused = ("OSError", "PermissionError", "BlockingIOError", "MemoryError", "ValueError")
    assert tried(FORBIDDEN[deed]) in refused


@pytest.mark.parametrize("deed", HARMLESS)
def test_a_free_child_can(deed: str) -> None:
    """The deeds fail for the fences, not for themselves."""
    assert tried(FORBIDDEN[deed], CONFINED.replace("confine(seconds=5)", "pass")) == "did it"


def test_a_confined_child_can_work() -> None:
    assert tried("sum(bytearray(10_000_000)); time.time(); sorted(range(1000))") == "did it"
