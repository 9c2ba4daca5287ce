"""A label in every language of the interface, for files that are read without it."""

from collections.abc import Callable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

CODES = tuple(code for code, _name in settings.LANGUAGES)
SHORT = {"zh-hans": "zh"}  # as the names of columns end


def in_languages(label: str | Promise | Callable[[], str]) -> dict[str, str]:
    """Short code (ja, zh, en) → the words. A function is called once in each language."""
    found = {}
    for code in CODES:
        with override(code):
            words = label() if callable(label) else str(label)
            found[SHORT.get(code, code)] = words
    return found
