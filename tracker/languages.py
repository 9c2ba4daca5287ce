"""Words that are kept by language: which are shown to whom, and how names are listed."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext

# Code → the language's own name; config/languages.py is the list.
LANGUAGES = dict(settings.LANGUAGES)


def html_code(code: str) -> str:
    """Django's name of a language as HTML writes it: zh-Hans, pt-BR."""
    language, *subtags = code.split("-")
    return "-".join([language, *(tag.title() if len(tag) == 4 else tag.upper() for tag in subtags)])


def short_code(code: str) -> str:
    """As the names of columns end: zh, as long as there is one Chinese."""
    language = code.partition("-")[0]
    alike = [one for one in LANGUAGES if one.partition("-")[0] == language]
    return language if len(alike) < 2 else code.replace("-", "_")


def in_language(words: Mapping[str, str], language: str = "") -> str:
    """The words in a language, the active one where none is given.

    Where there are none they fall back as translations do: to the language of the installation,
    and to whatever comes first where that is missing too.
    """
    for code in (language or get_language() or "", settings.LANGUAGE_CODE):
        if code in words:
            return words[code]
    return next(iter(words.values()))


in_language_lazy = lazy(in_language, str)


def all_of(names: Sequence[str]) -> str:
    """“Tokyo, Osaka and Kyoto”, in the reader's language."""
    between = pgettext("between names: A, B and C", ", ")
    return _listed(names, between, pgettext("before the last name: A, B and C", " and "))


def one_of(names: Sequence[str]) -> str:
    """“Tokyo, Osaka or Kyoto”, in the reader's language."""
    between = pgettext("between names: A, B or C", ", ")
    return _listed(names, between, pgettext("before the last name: A, B or C", " or "))


def _listed(names: Sequence[str], between: str, before_last: str) -> str:
    *others, last = names
    return before_last.join([between.join(others), last]) if others else last
