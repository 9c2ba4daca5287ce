"""What may be in a JPEG that is served: asserted segment by segment."""

from tests.fieldwork.pictures.hostile import CANARY, SCRIPT
from tests.fieldwork.pictures.made import opened, segments
from tracker.fieldwork.pictures.photos import Prepared

JFIF, TABLES, FRAME, CODES, SCAN, END = 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9
SIDES = (1600, 320)
BYTES_PER_PIXEL = 3


def assert_bare(data: bytes, side: int) -> None:
    """Only a JFIF head, tables and one scan; no canary; no larger than it may be."""
    found = list(segments(data))
    assert {marker for marker, _body in found} == {JFIF, TABLES, FRAME, CODES, SCAN, END}
    assert [body for marker, body in found if marker == JFIF] == [b"JFIF\0\1\1\0\0\1\0\1\0\0"]
    assert CANARY not in data
    assert SCRIPT[:7] not in data
    image = opened(data)
    assert image.mode == "RGB"
    assert max(image.size) <= side
    assert len(data) <= image.width * image.height * BYTES_PER_PIXEL + 1000


def assert_clean(made: Prepared) -> None:
    for data, side in zip((made.large, made.small), SIDES, strict=True):
        assert_bare(data, side)
    assert len(made.perceptual_hash) == 16
