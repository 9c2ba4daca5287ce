"""How every chart looks: its colours, the sign of each measure, the opening of its SVG."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tracker.survey.specs import MEASURE_SPECS

PAPER, INK, INK_2, LINE, OUTLINE, WHITE = (
    "#FAF8F4", "#1A1D23", "#454C57", "#DAD5CA", "#5D6572", "#FFFFFF",
)  # fmt: skip
STYLES = {spec.code: spec.style for spec in MEASURE_SPECS}
COLOURS = {code: (style.colour, style.dash) for code, style in STYLES.items()}
Point = tuple[float, float]
# Of the signs that are no dot, around 0, in sizes.
CORNERS = {code: style.corners for code, style in STYLES.items() if style.corners}


def head(width: float, height: float, title: str, kind: str) -> str:
    """The opening of a drawing that is one picture to a screen reader, with its name."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'class="{kind}"><title>{escape(title)}</title>'
    )


def path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
