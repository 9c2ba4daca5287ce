"""The child that decodes may fail in every way: the parent lives, and believes nothing."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.fieldwork.pictures.made import picture, prepared
from tracker.errors import PhotoRejected
from tracker.fieldwork.pictures import photos

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
SMALL = picture((8, 8))
RIGHT = {"refusal": "", "width": 8, "height": 8, "hash": "0" * 16, "sizes": [len(SMALL)] * 2}


def said(**changed: object) -> bytes:
    return json.dumps(RIGHT | changed).encode() + b"\n" + SMALL * 2


def test_a_right_answer_of_the_child_is_taken() -> None:
    assert photos.parsed(said()).large == SMALL


@pytest.mark.parametrize("output", [
    b"",
    b"{}",
    b"[]",
    b"null\n",
    b"\xff\xfe\n",
    b'{"refusal": "", "width": 1, "height": 1, "sizes": [9, 9]}\nshort',
    said()[:-1],
    said() + b"more",
    said(sizes=[1, 2, 3]),
    said(sizes=[-1, -1]),
    said(sizes=["a", "b"]),
    said(width=0),
    said(hash="not sixteen digits"),
    said(hash=None),
    json.dumps(RIGHT | {"sizes": [8, 8]}).encode() + b"\n" + b"<script>" * 2,
], ids=range(15))  # fmt: skip
def test_a_child_is_not_believed(output: bytes) -> None:
    with pytest.raises(PhotoRejected) as refusal:
        photos.parsed(output)
    assert (refusal.value.message, refusal.value.retryable) == ("gave_up", True)


def test_a_made_up_refusal_means_damaged() -> None:
    with pytest.raises(PhotoRejected) as refusal:
        photos.parsed(said(refusal="<b>anything</b>"))
    assert (refusal.value.message, refusal.value.retryable) == ("damaged", False)


CHILDREN = {
    "kills itself": "import os; os.kill(os.getpid(), 9)",
    "crashes": "import os; os.abort()",
    "ends without a word": "",
    "says nothing of use": "print('hello')",
    "talks without end": "import sys\nwhile True: sys.stdout.write('a' * 100_000)",
    "sleeps": "import time; time.sleep(60)",
}


@pytest.mark.parametrize("child", CHILDREN)
def test_a_child_that_fails_says_nothing_of_the_photo(
    child: str, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.PHOTO_DECODE_SECONDS = 1
    monkeypatch.setattr(photos, "SPARE_SECONDS", 0)
    monkeypatch.setattr(photos, "START", CHILDREN[child])
    with pytest.raises(PhotoRejected) as refusal:
        prepared(picture())
    assert (refusal.value.message, refusal.value.retryable) == ("gave_up", True)


def test_a_photo_that_uses_up_its_time_is_too_slow(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.PHOTO_DECODE_SECONDS = 1
    spin = (
        "import tracker.fieldwork.pictures.confinement as c; c.confine(seconds=1)\nwhile True: pass"
    )
    monkeypatch.setattr(photos, "SPARE_SECONDS", 60)
    monkeypatch.setattr(photos, "START", "import sys; sys.path[:0] = sys.argv[1:3]; " + spin)
    with pytest.raises(PhotoRejected) as refusal:
        prepared(picture())
    assert (refusal.value.message, refusal.value.retryable) == ("too_slow", False)


def test_a_child_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    tell = "import os, sys; sys.stdout.write(repr(sorted(os.environ)) + '\\n')"
    seen: list[bytes] = []
    monkeypatch.setattr(photos, "START", tell)
    monkeypatch.setattr(photos, "parsed", seen.append)
    prepared(picture())
    assert seen in ([b"[]\n"], [b"['LC_CTYPE']\n"])  # which Python itself sets


def test_a_photo_without_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        photos.prepare(tmp_path / "nothing")
