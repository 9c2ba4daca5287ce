"""Flags in words: the sentence with its number, and when it is known to be wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.moderation.models import Flag
from tracker.moderation.queries import flag_codes
from tracker.moderation.triage.sentences import false_alarm_of, sentence_of, title_of


@dataclass(frozen=True)
class FlagLine:
    code: str
    title: str
    sentence: str
    false_alarm: str


def flag_lines(flags: Iterable[Flag]) -> list[FlagLine]:
    """One line a flag, in the order given."""
    return [
        FlagLine(flag.code, title_of(flag.code), sentence_of(flag), false_alarm_of(flag.code))
        for flag in flags
    ]


def flag_choices() -> list[tuple[str, str]]:
    """Codes and short names of every flag there is."""
    return [(code, title_of(code)) for code in flag_codes()]
