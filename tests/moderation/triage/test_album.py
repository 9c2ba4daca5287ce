"""Photos used again: resaved, brighter, mirrored and cropped ones are found, others are not."""

import io
from collections.abc import Callable
from random import Random

import pytest
from PIL import Image, ImageEnhance, ImageOps

from tracker.demo.simulated.pictures import scene
from tracker.moderation.triage.album import ALIKE, Album, greys_of
from tracker.workflows.judging.screen import look_of

pytestmark = pytest.mark.slow(4)

Change = Callable[[Image.Image], Image.Image]
PICTURES = 60


def jpeg(image: Image.Image, quality: int = 60) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def cropped(part: float) -> Change:
    """So much less wide and high, cut from all sides in chance proportions."""

    def crop(image: Image.Image) -> Image.Image:
        rng = Random(image.tobytes()[:64])
        left, top = rng.uniform(0, part), rng.uniform(0, part)
        width, height = image.size
        right, low = width * (1 - part + left), height * (1 - part + top)
        return image.crop((round(width * left), round(height * top), round(right), round(low)))

    return crop


@pytest.fixture(scope="module")
def album() -> Album:
    return Album([look_of(jpeg(scene(number), 80)) for number in range(PICTURES)])


CHANGES: list[tuple[str, Change, float]] = [
    ("as it is", lambda image: image, 1.0),
    ("smaller", lambda image: image.resize((160, 120)), 1.0),
    ("brighter", lambda image: ImageEnhance.Brightness(image).enhance(1.3), 0.7),
    ("mirrored", ImageOps.mirror, 1.0),
    ("5 % cropped", cropped(0.05), 0.97),
    ("10 % cropped", cropped(0.1), 0.9),
    ("mirrored and cropped", lambda image: ImageOps.mirror(cropped(0.1)(image)), 0.9),
]


@pytest.mark.parametrize(
    ("change", "share"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES]
)
def test_a_changed_photo_is_found(album: Album, change: Change, share: float) -> None:
    found = 0
    for number in range(PICTURES):
        alike = album.alike(look_of(jpeg(change(scene(number)))))
        found += number in [one.place for one in alike]
    assert found >= share * PICTURES


def test_another_picture_is_not_taken_for_it(album: Album) -> None:
    others = [look_of(jpeg(scene(number), 80)) for number in range(1000, 1000 + PICTURES)]
    assert [album.alike(look) for look in others] == [[]] * PICTURES


def test_how_it_was_changed_is_said(album: Album) -> None:
    ways = {
        "whole": scene(3).resize((200, 150)),
        "mirrored": ImageOps.mirror(scene(3)),
        "cropped": cropped(0.1)(scene(3)),
    }
    for how, image in ways.items():
        best = album.alike(look_of(jpeg(image)))[0]
        assert (best.place, best.how) == (3, how)
        assert best.alike >= ALIKE


def test_a_blank_wall_is_like_nothing() -> None:
    wall = look_of(jpeg(Image.new("RGB", (240, 180), (90, 90, 90))))
    assert Album([wall, look_of(jpeg(scene(1)))]).alike(wall) == []
    assert Album([wall]).alike(look_of(jpeg(scene(1)))) == []


def test_an_empty_album_holds_nothing() -> None:
    assert Album([]).alike(look_of(jpeg(scene(1)))) == []


def test_a_look_of_another_size_is_an_error() -> None:
    with pytest.raises(ValueError, match="1024 bytes"):
        greys_of([b"short"])
