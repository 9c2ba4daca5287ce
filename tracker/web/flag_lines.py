"""Flags in words: the sentence with its number, for whoever reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.moderation.models import Flag
from tracker.moderation.queries import flag_codes


@dataclass(frozen=True)
class FlagLine:
    code: str
    sentence: str


def sentence_of(flag: Flag) -> str:
    return f"{flag.code}: {flag.number:g}"


def flag_lines(flags: Iterable[Flag]) -> list[FlagLine]:
    """One line a flag, in the order given."""
    return [FlagLine(flag.code, sentence_of(flag)) for flag in flags]


def flag_choices() -> list[tuple[str, str]]:
    """Codes and short names of every flag there is."""
    return [(code, code) for code in flag_codes()]
