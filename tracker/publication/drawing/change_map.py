"""How a difference looks on a map: its class, its sign, and a hatch where it may be none."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.estimation.estimates import Tier
from tracker.publication.drawing.canvas import Paint
from tracker.publication.drawing.lattice import Sign
from tracker.publication.drawing.styles import INK, PAPER, WHITE
from tracker.publication.figures import contrast_words, words
from tracker.publication.figures.contrasts import Contrast, has_clear_sign

LIMITS = (0.05, 0.20)  # fixed for every map, on both sides of 0
COLOURS = ("#9D4616", "#E0AB80", "#F2F0EA", "#88C0E1", "#29599F")
MIDDLE = 2
DARK = (0, 4)  # classes on which a sign is white
RANGES = (
    ("", "−20"), ("−20", "−5"), ("−5", "+5"), ("+5", "+20"), ("+20", ""),
)  # fmt: skip


class KeyItem(NamedTuple):
    """A line of the key: how it looks and what it means."""

    fill: str
    tier: Tier
    label: str
    sign: Sign | None


def class_of(value: float) -> int:
    """The place of a difference among the five colours; a limit belongs to the inner class."""
    exact = round(value, 9)  # 0.45 − 0.40 is 0.05 here
    rises = sum(exact > limit for limit in LIMITS)
    return MIDDLE + rises - sum(exact < -limit for limit in LIMITS)


def sign_of(number: int) -> Sign | None:
    """The sign of a class; none in the middle."""
    if number == MIDDLE:
        return None
    return Sign(is_rise=number > MIDDLE, ink=WHITE if number in DARK else INK)


def change_paints(contrasts: Sequence[Contrast]) -> list[Paint]:
    """Each area's colour and pattern, and its two figures in words."""
    language = get_language() or "en"
    return [
        Paint(
            one.after.code,
            _fill(one),
            _pattern(one),
            f"{one.after.name(language)}: {contrast_words.pair_sentence(one)}",
        )
        for one in contrasts
    ]


def change_signs(contrasts: Sequence[Contrast]) -> dict[int, Sign]:
    """Area → the sign of its difference."""
    found = {
        one.after.code: sign_of(class_of(one.difference.value))
        for one in contrasts
        if one.difference is not None
    }
    return {code: sign for code, sign in found.items() if sign is not None}


def change_key() -> list[KeyItem]:
    """The five classes, the hatch and the two kinds of area without a figure."""
    classes = [
        KeyItem(COLOURS[number], Tier.RELIABLE, _range(low, high), sign_of(number))
        for number, (low, high) in enumerate(RANGES)
    ]
    return [
        *classes,
        KeyItem(COLOURS[3], Tier.WIDE, _("interval includes 0: may be no difference"), None),
        KeyItem(WHITE, Tier.TOO_FEW, words.tier_name(Tier.TOO_FEW), None),
        KeyItem(PAPER, Tier.NOT_SURVEYED, words.tier_name(Tier.NOT_SURVEYED), None),
    ]


def _range(low: str, high: str) -> str:
    if not low:
        return _("below %(limit)s points") % {"limit": high}
    if not high:
        return _("above %(limit)s points") % {"limit": low}
    return _("%(low)s to %(high)s points") % {"low": low, "high": high}


def _fill(one: Contrast) -> str:
    if one.difference is None:
        return WHITE if one.tier == Tier.TOO_FEW else PAPER
    return COLOURS[class_of(one.difference.value)]


def _pattern(one: Contrast) -> Tier:
    """Hatched as a wide interval is, where the difference may be none."""
    if one.difference is None:
        return one.tier
    return Tier.RELIABLE if has_clear_sign(one.difference) else Tier.WIDE
