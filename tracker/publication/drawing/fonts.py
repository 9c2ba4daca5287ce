"""Fonts for pictures, from npm: a text is drawn glyph by glyph with the first font that has it.

Han characters have other shapes in Japan and in China, so the language decides which
font is asked first. A character that no font has is an error, never a box.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

from tracker.errors import TrackerError

FILES = {
    "latin": "noto-sans-jp/files/noto-sans-jp-latin-{weight}-normal.woff2",
    "latin-ext": "noto-sans-jp/files/noto-sans-jp-latin-ext-{weight}-normal.woff2",
    "ja": "noto-sans-jp/files/noto-sans-jp-japanese-{weight}-normal.woff2",
    "zh-hans": "noto-sans-sc/files/noto-sans-sc-chinese-simplified-{weight}-normal.woff2",
}
ORDER = {
    "ja": ("ja", "latin", "latin-ext", "zh-hans"),
    "zh-hans": ("zh-hans", "latin", "latin-ext", "ja"),
    "en": ("latin", "ja", "latin-ext", "zh-hans"),
}
STAND_IN = "国"  # as wide as a character that no font has would be
UNASSIGNED = "\U0010fffe"  # no font has it: its mask is the box for missing glyphs


class MissingGlyph(TrackerError):
    """No font has a character; `message` names it."""


@cache
def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """One of FILES at a size in px; OSError where npm has not brought it."""
    path = Path(settings.NPM_DIR) / "@fontsource" / FILES[name].format(weight=weight)
    return ImageFont.truetype(str(path), size)


@cache
def has_glyph(name: str, weight: int, sign: str) -> bool:
    """Whether a font can draw a character. Asked of its mask: the box is always the same."""
    face = font(name, 32, weight)
    box = face.getmask(UNASSIGNED)
    mask = face.getmask(sign)
    return sign == " " or mask.size != box.size or bytes(mask) != bytes(box)


@cache
def font_name_for(sign: str, language: str, weight: int) -> str:
    """The first font of the language's order that has the character; MissingGlyph if none."""
    for name in ORDER.get(language, ORDER["en"]):
        if has_glyph(name, weight, sign):
            return name
    raise MissingGlyph(f"no font has U+{ord(sign):04X} {sign}")


def drawn_in(language: str) -> str:
    """The language itself where there are fonts for it; else that of the installation."""
    return language if language in ORDER else settings.LANGUAGE_CODE


def with_stand_ins(text: str, language: str, weight: int) -> str:
    """The text to be measured only, with another character for each that no font has."""
    return "".join(sign if _is_drawn(sign, language, weight) else STAND_IN for sign in text)


@cache
def _is_drawn(sign: str, language: str, weight: int) -> bool:
    try:
        font_name_for(sign, language, weight)
    except MissingGlyph:
        return False
    return True


def runs_of(text: str, language: str, weight: int) -> list[tuple[str, str]]:
    """The text cut where the font changes: (font, piece)."""
    runs: list[tuple[str, str]] = []
    for sign in text:
        name = font_name_for(sign, language, weight)
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + sign)
        else:
            runs.append((name, sign))
    return runs
