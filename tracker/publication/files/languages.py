"""A label in every language of the interface, for files that are read without it."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import override

from tracker.languages import LANGUAGES, short_code

Words = str | Promise | Callable[[], str]


def in_languages(label: Words) -> dict[str, str]:
    """Short code (ja, zh, en) → the words. A function is called once in each language."""
    return {short_code(code): words for code, words in by_language(label).items()}


def by_language(label: Words) -> dict[str, str]:
    """The same by Django's code (ja, zh-hans, en)."""
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = label() if callable(label) else str(label)
    return found
