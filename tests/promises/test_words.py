"""docs/words.md holds: no sentence of the interface says what its last column forbids.

Sentences are the msgids, their translations, and the words of the survey, which are data.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

from config.catalogs import kept, messages_of
from tracker.survey.route_specs import NOTHING_SPEC, QUESTION, ROUTE_SPECS
from tracker.survey.specs import MEASURE_SPECS, RULE_SPECS, TRAIT_SPECS, UNION_SPECS

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
BASE = Path(settings.BASE_DIR)
COLUMNS = ("en", "ja", "zh")  # in the order of the table
FOLDERS = {"ja": "ja", "zh": "zh_Hans"}
CODES = {"en": "en", "ja": "ja", "zh": "zh-hans"}


class Row(NamedTuple):
    """One thing: its word by language, and what is not said for it by language."""

    words: Mapping[str, str]
    forbidden: Mapping[str, list[str]]


def rows_of(page: str) -> list[Row]:
    """The rows of the table, without its head."""
    lines = re.findall(r"^\| (.*) \|$", page, re.MULTILINE)[1:]
    cells = [[cell.strip() for cell in f"{line} ".split(" | ")] for line in lines]
    return [Row(dict(zip(COLUMNS, row[:3], strict=True)), _forbidden(row[3])) for row in cells]


def _forbidden(cell: str) -> dict[str, list[str]]:
    parts = dict(part.split(": ", 1) for part in cell.split(" · ") if part)
    return {language: re.findall(r"`([^`]+)`", listed) for language, listed in parts.items()}


def sentences() -> dict[str, set[str]]:
    """Every msgid of the sources, and every translation, without what is put in."""
    found: dict[str, set[str]] = {"en": set()}
    for ids, _context, _file, _line in messages_of(BASE):
        found["en"].update(map(_bare, [ids] if isinstance(ids, str) else ids))
    for language, folder in FOLDERS.items():
        texts = found[language] = set()
        for message in kept(BASE, folder):
            string = message.string if message.id else ""
            texts.update(map(_bare, [string] if isinstance(string, str) else string or ()))
    for language, code in CODES.items():
        asked = [(trait.question, trait.help) for trait in TRAIT_SPECS]
        named = [measure.names for measure in MEASURE_SPECS]
        told = [*(one.help for one in UNION_SPECS), *(one.help for one in RULE_SPECS)]
        seen = [(one.short, one.names, one.help) for one in (*ROUTE_SPECS, NOTHING_SPEC)]
        every = chain(named, told, [QUESTION], *asked, *seen)
        found[language].update(words[code] for words in every if code in words)
    return found


def _bare(sentence: str) -> str:
    return re.sub(r"%\(\w+\)s|\{\w+\}", "–", sentence)


def says(sentence: str, term: str) -> bool:
    """Latin terms as whole words, whatever their case; “Alipay+” is a word of its own."""
    if not term.isascii():
        return term in sentence
    whole = rf"(?<![\w-]){re.escape(term)}(?![\w+-])"
    return re.search(whole, sentence, re.IGNORECASE) is not None


def faults(rows: Iterable[Row], said: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Each sentence that says what a row forbids."""
    for row in rows:
        for language, terms in row.forbidden.items():
            for term in terms:
                for sentence in said.get(language, ()):
                    if says(sentence, term):
                        yield f"{language}: “{term}”, not {row.words[language]}: {sentence}"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return rows_of((BASE / "docs" / "words.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def said() -> dict[str, set[str]]:
    return sentences()


def test_no_sentence_says_what_is_forbidden(rows: list[Row], said: dict[str, set[str]]) -> None:
    assert sorted(faults(rows, said)) == []


def test_every_word_of_the_list_is_used(rows: list[Row], said: dict[str, set[str]]) -> None:
    unused = [
        f"{language}: {word}"
        for row in rows
        for language, word in row.words.items()
        if not any(word.lower() in sentence.lower() for sentence in said[language])
    ]
    assert unused == []


def test_each_forbidden_word_is_found_where_it_is_planted(rows: list[Row]) -> None:
    planted = 0
    for row in rows:
        assert set(row.forbidden) <= set(COLUMNS)
        for language, terms in row.forbidden.items():
            for term in terms:
                around = f"Now {term.capitalize()}." if term.isascii() else f"ここ{term}です"
                assert list(faults([row], {language: [around]})) != []
                planted += 1
    assert planted >= 20


def test_a_word_inside_another_is_not_taken_for_it() -> None:
    for sentence, term in (
        ("A desktop", "desk"),
        ("Alipay+ only", "Alipay"),
        ("re-look", "look"),
        (_bare("%(desk)s"), "desk"),
    ):
        assert not says(sentence, term)
    assert says("at the Desk.", "desk")
