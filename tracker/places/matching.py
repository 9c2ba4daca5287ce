"""Names of shops made comparable. Pure: no Django."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

NEAR_METRES = 40  # look-alikes further apart are other shops
SURE_LIKENESS = 0.85
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}  # to hiragana
_DROPPED = re.compile(r"[\W_]+")
_TAILS = ("本店", "支店", "店")


@lru_cache(maxsize=10_000)  # chains repeat their name, and an import asks twice for each row
def fold(name: str) -> str:
    """Width, case, kana, spaces and marks levelled; a trailing 店, 本店 or 支店 dropped."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_KATAKANA)
    text = _DROPPED.sub("", text.replace("ー", ""))
    for tail in _TAILS:
        if text.endswith(tail) and len(text) > len(tail) + 1:
            return text[: -len(tail)]
    return text


def likeness(one: str, other: str) -> float:
    """How alike two folded names are: 0 to 1, 1 where one begins with the other."""
    if not one or not other:
        return 0.0
    if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def is_look_alike(one: str, other: str, *, metres: float) -> bool:
    """Whether two shops with these folded names, so far apart, may be one."""
    return metres <= NEAR_METRES and likeness(one, other) >= SURE_LIKENESS
