"""Small pieces of SVG that every chart is made of: presentation attributes only."""

from xml.sax.saxutils import escape, quoteattr

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


def text(place: Point, words: str, size: float = 11, anchor: str = "start", ink: str = INK) -> str:
    """A text on its baseline."""
    return (
        f'<text x="{place[0]:g}" y="{place[1]:g}" font-size="{size:g}" fill={quoteattr(ink)} '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def line(begin: Point, end: Point, ink: str = LINE, width: float = 1, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{begin[0]:g} {begin[1]:g}L{end[0]:g} {end[1]:g}" stroke="{ink}" '
        f'stroke-width="{width:g}" fill="none"{dashes}/>'
    )


def path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def marker(place: Point, measure: str, *, is_hollow: bool, size: float = 4) -> str:
    """The sign of a measure: dot, square, triangle or diamond; hollow for a wide interval."""
    colour = COLOURS[measure][0]
    look = f'fill="{PAPER if is_hollow else colour}" stroke="{colour}" stroke-width="1.6"'
    x, y = place
    if measure == "alipay":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{size:g}" {look}/>'
    points = [(round(x + dx * size, 1), round(y + dy * size, 1)) for dx, dy in CORNERS[measure]]
    return f'<path d="{path(points)}Z" {look}/>'
