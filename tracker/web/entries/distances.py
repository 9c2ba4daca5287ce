"""How far something is, as exact as a phone knows it."""


def distance_band(metres: float) -> str:
    """A distance as exact as a phone knows it."""
    for upper, text in ((10, "< 10 m"), (25, "10–25 m"), (50, "25–50 m"), (100, "50–100 m")):
        if metres < upper:
            return text
    if metres < 1000:
        return f"{round(metres, -2):.0f} m"
    return f"{metres / 1000:.1f} km"
