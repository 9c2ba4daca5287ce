"""From a decoded picture to what is kept: at most 1600 pixels, upright, plain colours.

Everything is done on strips, then on the small picture: a second copy of 50 megapixels would
not fit into the child's memory.
"""

import io
from collections.abc import Iterator

from PIL import Image, ImageCms

from tracker.fieldwork.pictures import likeness
from tracker.fieldwork.pictures.containers import PROFILE_BYTES

LARGE, SMALL = (1600, 82), (320, 80)  # longest side in px, JPEG quality
STRIP_PIXELS = 2_000_000
KEPT_MODES = ("RGB", "L", "CMYK")  # the modes that a colour profile may speak of
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(image: Image.Image, *, orientation: int, profile: bytes) -> Image.Image:
    """The picture as it is to be seen: RGB in sRGB, at most 1600 pixels, alpha on white."""
    small = within(shrunk(image), LARGE[0])
    small = in_srgb(small, profile)
    return small.transpose(TURNS[orientation]) if orientation in TURNS else small


def shrunk(image: Image.Image) -> Image.Image:
    """Averaged by a whole number to less than twice what is wanted, strip by strip."""
    factor = max(image.size) // LARGE[0]
    if factor <= 1:
        return plain(image)
    size = tuple(-(-side // factor) for side in image.size)
    made: Image.Image | None = None
    for top, strip in strips(image, factor):
        part = plain(strip).reduce(factor)
        if made is None:
            made = Image.new(part.mode, (size[0], size[1]))
        made.paste(part, (0, top // factor))
    if made is None:
        raise ValueError("a picture has at least one row")
    return made


def strips(image: Image.Image, factor: int) -> Iterator[tuple[int, Image.Image]]:
    """The picture in strips whose heights the factor divides, each with its first row."""
    rows = max(1, STRIP_PIXELS // (image.width * factor)) * factor
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(top + rows, image.height)))


def plain(image: Image.Image) -> Image.Image:
    """Without palette, alpha and odd depths."""
    if image.mode.startswith("I;16"):  # little-endian: every second byte is the high one
        return Image.frombytes("L", image.size, image.tobytes()[1::2])
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    if image.mode in KEPT_MODES:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Converted from the profile's colours; as if it had none where it makes no sense."""
    if profile and len(profile) <= PROFILE_BYTES:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except Exception:  # noqa: BLE001  # a hostile profile must not cost the photo
            made = None
        if made is not None:
            return made
    return image.convert("RGB")


def within(image: Image.Image, side: int) -> Image.Image:
    """The picture no longer than so many pixels on either side; never blown up."""
    small = image.copy() if max(image.size) > side else image
    small.thumbnail((side, side), Image.Resampling.BICUBIC)
    return small


def jpeg(image: Image.Image, quality: int) -> bytes:
    """A JPEG made from the pixels alone: no EXIF, no profile, no comment comes along."""
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    file = io.BytesIO()
    bare.save(file, "JPEG", quality=quality)
    return file.getvalue()


def hash_of(image: Image.Image) -> str:
    """The perceptual hash of an upright picture."""
    grey = image.convert("L").resize(likeness.GRID, Image.Resampling.BOX)
    return likeness.dhash(grey.tobytes())
