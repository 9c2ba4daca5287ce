"""Which pictures look alike: a difference hash, on whole numbers only.

N. Krawetz, "Kind of Like That", hackerfactor.com, January 2013: shrink to 9 × 8 grey pixels;
each bit says whether a pixel is darker than its right neighbour. Light, size and compression
change few of the 64 bits; another picture changes about half.
"""

GRID = (9, 8)  # width and height of the grey picture that is hashed
BITS = 64


def dhash(grey: bytes) -> str:
    """16 hexadecimal digits for 9 × 8 grey pixels, row by row; ValueError for another number."""
    width, height = GRID
    if len(grey) != width * height:
        raise ValueError(f"{width * height} grey pixels are hashed, not {len(grey)}")
    bits = 0
    for row in range(height):
        for column in range(width - 1):
            here = row * width + column
            bits = bits << 1 | (grey[here] < grey[here + 1])
    return f"{bits:016x}"


def distance(one: str, other: str) -> int:
    """How many of the 64 bits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
