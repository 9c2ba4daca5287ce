"""Small pictures of shop doors that do not exist, and what a cheat does to one before sending."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from tracker.demo.simulated.entries import Shot

SIZE = (240, 180)
SIGNS = ((22, 119, 255), (7, 193, 96), (255, 255, 255), (220, 30, 30))
CUT = 0.07  # of each side of a cropped picture, at most
QUALITY, WORSE = 80, 55


def scene(number: int) -> Image.Image:
    """A wall, some windows and signs; the same number, the same picture."""
    rng = Random(number)  # noqa: S311  # a picture, not a secret
    width, height = SIZE
    image = Image.new("RGB", SIZE, _colour(rng, 60, 220))
    draw = ImageDraw.Draw(image)
    for _window in range(rng.randint(2, 5)):
        left, top = rng.randint(-30, width), rng.randint(-30, height)
        corner = (left + rng.randint(30, 165), top + rng.randint(22, 120))
        draw.rectangle([(left, top), corner], fill=_colour(rng, 0, 255))
    for _sign in range(rng.randint(1, 4)):
        _draw_sign(draw, rng)
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.5)))


def _colour(rng: Random, low: int, high: int) -> tuple[int, int, int]:
    return (rng.randint(low, high), rng.randint(low, high), rng.randint(low, high))


def _draw_sign(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    left, top = rng.randint(0, SIZE[0] - 45), rng.randint(0, SIZE[1] - 30)
    wide, high = rng.randint(15, 70), rng.randint(12, 45)
    draw.rounded_rectangle(
        [(left, top), (left + wide, top + high)], radius=5, fill=rng.choice(SIGNS)
    )
    for _stroke in range(rng.randint(2, 8)):
        ends = [(left + rng.randint(0, wide), top + rng.randint(0, high)) for _end in range(2)]
        draw.line(ends, fill=rng.choice([(0, 0, 0), (255, 255, 255)]), width=rng.randint(1, 3))


def changed(image: Image.Image, change: str, rng: Random) -> Image.Image:
    """The picture mirrored, or with up to 7 % of its sides cut off."""
    if change == "mirrored":
        return ImageOps.mirror(image)
    if change == "cropped":
        width, height = image.size
        left, top = (rng.uniform(0, CUT) for _edge in range(2))
        box = (width * left, height * top, width * (1 + left - CUT), height * (1 + top - CUT))
        return image.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]
    return image


def photo_of(shot: Shot, *, copy: int) -> bytes:
    """The JPEG that is sent. An unchanged shot is the same file each time; `copy` varies."""
    rng = Random(copy)  # noqa: S311  # a picture, not a secret
    image = changed(scene(shot.picture), shot.change, rng)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=WORSE + copy % 20 if shot.change else QUALITY)
    return file.getvalue()
