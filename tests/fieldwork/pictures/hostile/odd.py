"""Rare but right: all of these must be used."""

from PIL import Image

from tests.fieldwork.pictures.hostile.parts import Hostile
from tests.fieldwork.pictures.made import Size, picture, saved, scene

SIZES: tuple[Size, ...] = ((1, 1), (1, 5000), (5000, 1), (65_000, 1), (3, 16_000), (2, 3))
MODES = (
    ("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("RGBA", "PNG"),
    ("LA", "PNG"), ("RGBA", "WEBP"), ("L", "WEBP"),
)  # fmt: skip


def odd_but_right() -> list[Hostile]:
    base = scene(6, (90, 70))
    options: dict[str, tuple[str, dict[str, object]]] = {
        "progressive": ("JPEG", {"progressive": True}),
        "every pixel its own colour": ("JPEG", {"subsampling": 0}),
        "colours at a quarter": ("JPEG", {"subsampling": 2}),
        "worst quality": ("JPEG", {"quality": 1}),
        "best quality": ("JPEG", {"quality": 100}),
        "with restarts": ("JPEG", {"restart_marker_blocks": 1}),
        "kept as RGB": ("JPEG", {"keep_rgb": True}),
        "not compressed": ("PNG", {"compress_level": 0}),
        "lossless": ("WEBP", {"lossless": True}),
        "lossy": ("WEBP", {"quality": 1}),
    }
    return [
        *(Hostile(f"{width} by {height}", picture((width, height)), "used")
          for width, height in SIZES),
        *(Hostile(f"{mode} as {kind}",
                  saved(Image.new(mode, (60, 40)) if ";" in mode else base.convert(mode), kind),
                  "used")
          for mode, kind in MODES),
        *(Hostile(name, saved(base, kind, **extra), "used")
          for name, (kind, extra) in options.items()),
    ]  # fmt: skip
