"""How every chart looks: its colours, the sign of each measure, the opening of its SVG."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

PAPER, INK, INK_2, LINE, OUTLINE, WHITE = (
    "#FAF8F4", "#1A1D23", "#454C57", "#DAD5CA", "#5D6572", "#FFFFFF",
)  # fmt: skip
# Colour and dash of each measure: no brand's own colour, and told apart without colour as well.
COLOURS = {
    "alipay": ("#2C5EAC", ""),
    "wechat_pay": ("#079F78", "7 4"),
    "chinese_staff": ("#75002B", "2 3"),
    "either_wallet": ("#1A1D23", ""),
}
Point = tuple[float, float]
# Of the signs that are no dot, around 0, in sizes.
CORNERS: dict[str, list[Point]] = {
    "wechat_pay": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "chinese_staff": [(0, -1.2), (1.1, 0.9), (-1.1, 0.9)],
    "either_wallet": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
}


def head(width: float, height: float, title: str, kind: str) -> str:
    """The opening of a drawing that is one picture to a screen reader, with its name."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'class="{kind}"><title>{escape(title)}</title>'
    )


def path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
