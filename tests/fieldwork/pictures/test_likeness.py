"""Pictures that look alike have hashes that differ in few bits; others in about half."""

from collections.abc import Callable
from itertools import combinations
from statistics import median

import pytest
from PIL import Image, ImageEnhance

from tests.fieldwork.pictures.made import prepared, saved, scene
from tracker.fieldwork.pictures.likeness import BITS, dhash, distance
from tracker.fieldwork.pictures.pixels import hash_of

pytestmark = [pytest.mark.once, pytest.mark.slow(6)]
SEEDS = range(24)
SIZE = (640, 480)

# The most bits that may differ; measured on these pictures: 2, 2, 0, 2, 3, 2, 0.
ALIKE: dict[str, tuple[Callable[[Image.Image], Image.Image], int]] = {
    "half the size": (lambda image: image.resize((320, 240)), 4),
    "a tenth of the size": (lambda image: image.resize((64, 48)), 4),
    "another shape": (lambda image: image.resize((640, 360)), 2),
    "darker": (lambda image: ImageEnhance.Brightness(image).enhance(0.6), 4),
    "brighter": (lambda image: ImageEnhance.Brightness(image).enhance(1.2), 6),
    "less contrast": (lambda image: ImageEnhance.Contrast(image).enhance(0.6), 4),
    "grey": (lambda image: image.convert("L").convert("RGB"), 2),
}


@pytest.mark.parametrize("change", ALIKE)
def test_a_changed_picture_stays_alike(change: str) -> None:
    alter, most = ALIKE[change]
    distances = [
        distance(hash_of(scene(seed, SIZE)), hash_of(alter(scene(seed, SIZE)))) for seed in SEEDS
    ]
    assert max(distances) <= most


@pytest.mark.parametrize("quality", [10, 50, 95])
def test_a_picture_that_was_compressed_again_stays_alike(quality: int) -> None:
    first = prepared(saved(scene(1, (1200, 900)), quality=95)).perceptual_hash
    again = prepared(saved(scene(1, (1200, 900)), quality=quality)).perceptual_hash
    assert distance(first, again) <= 3


def test_another_format_stays_alike() -> None:
    hashes = [prepared(saved(scene(2), kind)).perceptual_hash for kind in ("JPEG", "PNG", "WEBP")]
    assert max(distance(one, other) for one, other in combinations(hashes, 2)) <= 2


def test_different_pictures_differ_in_about_half_the_bits() -> None:
    hashes = [hash_of(scene(seed, SIZE)) for seed in SEEDS]
    distances = [distance(one, other) for one, other in combinations(hashes, 2)]
    assert min(distances) >= 16  # 21 measured
    assert 28 <= median(distances) <= 36


def test_a_turned_picture_is_hashed_as_it_is_seen() -> None:
    image = scene(5, (600, 400), 0)
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = image.transpose(Image.Transpose.ROTATE_90)
    upright, turned = prepared(saved(image)), prepared(saved(lying, exif=exif))
    assert distance(upright.perceptual_hash, turned.perceptual_hash) <= 2


def test_the_same_bytes_have_the_same_hash() -> None:
    assert prepared(saved(scene(4))).perceptual_hash == prepared(saved(scene(4))).perceptual_hash


def test_the_hash_of_known_pixels() -> None:
    rising = bytes(range(9)) * 8
    assert dhash(rising) == "f" * 16
    assert dhash(rising[::-1]) == "0" * 16
    assert dhash(bytes((1, 2, 1, 2, 1, 2, 1, 2, 1)) * 8) == "aa" * 8
    assert dhash(bytes(63) + bytes(range(9))) == "0" * 14 + "ff"


@pytest.mark.parametrize("length", [0, 71, 73])
def test_another_number_of_pixels_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="72 grey pixels"):
        dhash(bytes(length))


def test_distance_counts_bits() -> None:
    assert distance("0" * 16, "f" * 16) == BITS
    assert distance("8" + "0" * 15, "0" * 15 + "1") == 2
    assert distance("abc0" * 4, "abc0" * 4) == 0
