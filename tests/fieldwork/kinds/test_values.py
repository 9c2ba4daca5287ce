"""One value out of what a phone sent, to its edges, and the sentence that refuses another."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tracker.errors import Invalid
from tracker.fieldwork.kinds.values import (
    LARGEST_INT,
    as_list,
    as_object,
    choice,
    clean,
    json_object,
    moment_of,
    sha256_of,
    text,
    uuid_of,
    whole,
)

pytestmark = pytest.mark.once
UUID_TEXT = "0198c0de-0000-4000-8000-00000000000a"
Reader = Callable[[object], object]


def sentence(read: Reader, value: object) -> str:
    """What a refusal says; it names the field that was asked for."""
    with pytest.raises(Invalid) as refusal:
        read(value)
    assert refusal.value.field == "key"
    return refusal.value.message


@pytest.mark.parametrize("value", [-3, 0, 5])
def test_a_whole_number_lies_between_its_ends(value: int) -> None:
    assert whole(value, "key", -3, 5) == value


@pytest.mark.parametrize("value", [-4, 6, 1.0, "1", True, False, None, [1], 10**30])
def test_another_number_and_a_yes_are_none(value: object) -> None:
    assert sentence(lambda one: whole(one, "key", -3, 5), value) == (
        "“key” must be a whole number from -3 to 5."
    )


def test_the_largest_number_is_that_of_a_column() -> None:
    assert LARGEST_INT == 2_147_483_647


def test_a_text_is_cleaned_before_it_is_measured() -> None:
    assert text("千歳屋\0", "key", 3) == "千歳屋"
    assert text("", "key", 0) == ""
    assert sentence(lambda one: text(one, "key", 3), "千歳屋!") == (
        "“key” is too long: at most 3 characters."
    )
    assert sentence(lambda one: text(one, "key", 3), 5) == "“key” must be text."
    assert sentence(lambda one: text(one, "key", 3), None) == "“key” must be text."


@pytest.mark.parametrize(
    ("value", "kept"),
    [("🏮a", "🏮a"), ("a\0b\0", "ab"), ("\ud83d", "�"), ("\ud83c\udfee", "🏮"), ("x\udfee", "x�")],
    ids=ascii,
)
def test_what_no_database_keeps_is_put_right(value: str, kept: str) -> None:
    assert clean(value) == kept


def test_one_of_a_list_is_one_of_that_list() -> None:
    assert choice("b", "key", ("a", "b")) == "b"
    assert choice("", "key", ("", "b")) == ""
    for value in ("c", "", "A", ["a"], None, 1):
        assert sentence(lambda one: choice(one, "key", ("a", "b")), value) == (
            "“key” must be one of: a, b."
        )
    assert sentence(lambda one: choice(one, "key", ("", "b")), "c") == "“key” must be one of: b."


def test_a_uuid_is_written_with_its_four_dashes() -> None:
    assert uuid_of(UUID_TEXT, "key") == UUID(UUID_TEXT)
    assert uuid_of(UUID_TEXT.upper(), "key") == UUID(UUID_TEXT)
    wrong = [
        UUID_TEXT[:-1],
        UUID_TEXT.replace("-", ""),
        f"{{{UUID_TEXT[1:-1]}}}",
        "x" * 36,
        5,
        None,
    ]
    for value in (*wrong, UUID(UUID_TEXT), "urn:uuid:" + UUID_TEXT[:27]):
        assert sentence(lambda one: uuid_of(one, "key"), value) == "“key” must be a UUID."


def test_a_sha256_is_64_small_digits() -> None:
    assert sha256_of("0123456789abcdef" * 4, "key") == "0123456789abcdef" * 4
    for value in ("a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "\n", "٠" * 64, None, 5):
        assert sentence(lambda one: sha256_of(one, "key"), value) == (
            "“key” must be a SHA-256: 64 digits of 0–9 and a–f."
        )


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-14T03:00:00Z", datetime(2026, 3, 14, 3, tzinfo=UTC)),
        ("2026-03-14T12:00:00+09:00", datetime(2026, 3, 14, 3, tzinfo=UTC)),
        ("2026-03-13T22:00-05:00", datetime(2026, 3, 14, 3, tzinfo=UTC)),
        ("2026-03-14T03:00:00.5Z", datetime(2026, 3, 14, 3, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-03-14T03:00:00.123456789Z", datetime(2026, 3, 14, 3, 0, 0, 123_456, tzinfo=UTC)),
        ("1900-01-01T00:00:00Z", datetime(1900, 1, 1, tzinfo=UTC)),
        ("2199-12-31T23:59:59Z", datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("1899-12-31T23:59:59Z", None),
        ("2200-01-01T00:00:00Z", None),
        ("+275760-09-13T00:00:00Z", None),
        ("2026-02-30T00:00:00Z", None),
        ("2026-03-14T25:00:00Z", None),
    ],
)
def test_a_moment_is_one_of_a_clock_that_tells_something(
    value: str, moment: datetime | None
) -> None:
    found = moment_of(value, "key")
    assert found == moment
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-14T03:00:00", "2026-03-14", "2026-03-14 03:00:00Z", "26-03-14T03:00:00Z",
        "2026-03-14T03:00:00.Z", "2026-03-14T03:00:00.1234567890Z", "2026-03-14T03:00:00z",
        "٢٠٢٦-03-14T03:00:00Z", "2026-03-14T03:00:00Z ", "", 1_700_000_000, None,
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(value: object) -> None:
    assert sentence(lambda one: moment_of(one, "key"), value) == (
        "“key” must be a time such as 2026-11-25T01:02:03.456Z."
    )


def test_objects_and_lists_are_told_apart() -> None:
    assert (as_object({"a": 1}, "key"), as_list([1], "key")) == ({"a": 1}, [1])
    lists: list[object] = [[], "{}", None]
    objects: list[object] = [{}, "[]", None, (1,)]
    for value in lists:
        assert sentence(lambda one: as_object(one, "key"), value) == "“key” must be an object."
    for value in objects:
        assert sentence(lambda one: as_list(one, "key"), value) == "“key” must be a list."


def test_json_is_an_object_or_refused() -> None:
    assert json_object('{"a": "千"}'.encode(), "key") == {"a": "千"}
    assert json_object('{"a": 1}', "key") == {"a": 1}
    for value in (b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5000):
        said = sentence(lambda one: json_object(one, "key"), value)  # type: ignore[arg-type]
        assert said == "This is not readable JSON."
    assert sentence(lambda one: json_object("[]", "key"), None) == "“key” must be an object."
