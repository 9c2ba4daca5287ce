"""A table, and a function that judges by it."""

LIMITS = {"small": 3, "large": 30}


def fits(kind: str, size: int) -> bool:
    """Whether a thing of this size fits."""
    if size < 0:
        raise ValueError(size)
    return size <= LIMITS[kind]
