"""The language of a page, from what the browser asks for; traditional is not simplified Chinese."""

import re

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils.translation.trans_real import parse_accept_lang_header

TRADITIONAL = re.compile(r"zh-(hant|tw|hk|mo)\b")


class ReaderLanguageMiddleware(LocaleMiddleware):
    """Django's, which takes zh-Hant, zh-TW and zh-HK for simplified Chinese at once.

    Here the other languages of the browser come first: somebody from Taipei who also reads
    English or Japanese gets that, and simplified characters only where nothing else is left.
    """

    def process_request(self, request: HttpRequest) -> None:
        asked = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        request.META["HTTP_ACCEPT_LANGUAGE"] = traditional_last(asked)
        super().process_request(request)


def traditional_last(asked: str) -> str:
    """The header with traditional Chinese behind all languages that it names, before “*”.

    A plain “zh” behind “zh-TW” is the same reader's (browsers add it by themselves) and moves too.
    """
    languages = [language for language, quality in parse_accept_lang_header(asked) if quality]
    chinese = [language for language in languages if language.split("-")[0] == "zh"]
    if not chinese or not TRADITIONAL.match(chinese[0]):
        return asked
    moved = [one for one in chinese if one == "zh" or TRADITIONAL.match(one)]
    named = [language for language in languages if language not in (*moved, "*")]
    anything = ["*"] if "*" in languages else []
    order = [*named, *moved, *anything]
    return ", ".join(f"{one};q={1 - place / 1000:.3f}" for place, one in enumerate(order))
