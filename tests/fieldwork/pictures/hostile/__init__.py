"""Hostile image files by family, built anew each time; none lies in the repository."""

from collections.abc import Callable

from tests.fieldwork.pictures.hostile.bombs import bombs, many_frames, slow_ones
from tests.fieldwork.pictures.hostile.broken import broken, lengths, truncated
from tests.fieldwork.pictures.hostile.disguises import disguises, polyglots
from tests.fieldwork.pictures.hostile.laden import colour_profiles, exif_tricks, laden
from tests.fieldwork.pictures.hostile.odd import odd_but_right
from tests.fieldwork.pictures.hostile.parts import CANARY, SCRIPT, Hostile

__all__ = ["CANARY", "FAMILIES", "SCRIPT", "Hostile"]


FAMILIES: dict[str, Callable[[], list[Hostile]]] = {
    "bombs": bombs,
    "many frames": many_frames,
    "slow ones": slow_ones,
    "broken": broken,
    "lengths": lengths,
    "truncated": truncated,
    "disguises": disguises,
    "polyglots": polyglots,
    "laden with metadata": laden,
    "EXIF tricks": exif_tricks,
    "colour profiles": colour_profiles,
    "odd but right": odd_but_right,
}
