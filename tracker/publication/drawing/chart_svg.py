"""Paints a drawing as SVG: presentation attributes only, so that a strict policy lets it pass."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from tracker.publication.drawing import styles
from tracker.publication.drawing.chart import (
    SIGN_WIDTH,
    Dot,
    Drawing,
    Mark,
    Named,
    Path,
    Placed,
    TextMark,
)
from tracker.publication.drawing.map_svg import family_of


def drawing_svg(drawing: Drawing) -> str:
    """The chart as a piece of a page."""
    head = styles.head(drawing.width, drawing.height, drawing.title, drawing.kind)
    return f"{head}{_all(drawing.marks)}</svg>"


def document_svg(drawing: Drawing, *, language: str) -> str:
    """The chart as a file of its own: its fonts and its paper with it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" role="img" '
        f"lang={quoteattr(language)} font-family={quoteattr(family_of(language))}>"
        f"<title>{escape(drawing.title)}</title>"
        f'<rect width="{drawing.width:g}" height="{drawing.height:g}" fill="{styles.PAPER}"/>'
        f"{_all(drawing.marks)}</svg>"
    )


def _all(marks: Iterable[Mark]) -> str:
    return "".join(_mark(mark) for mark in marks)


def _mark(mark: Mark) -> str:
    match mark:
        case Path():
            return _path(mark)
        case Dot():
            x, y = mark.place
            return (
                f'<circle cx="{x:g}" cy="{y:g}" r="{mark.radius:g}" fill="{mark.fill}" '
                f'stroke="{mark.ink}" stroke-width="{SIGN_WIDTH}"/>'
            )
        case TextMark():
            return _words(mark)
        case Named():
            return (
                f"<g data-code={quoteattr(mark.code)}><title>{escape(mark.label)}</title>"
                f"{_all(mark.marks)}</g>"
            )
        case Placed():
            x, y = mark.place
            move = f"translate({x:g} {y:g}) scale({mark.scale:g})"
            return f'<g transform="{move}">{_all(mark.marks)}</g>'


def _path(mark: Path) -> str:
    looks = [f'd="{styles.path(mark.points)}{"Z" if mark.is_closed else ""}"']
    looks.append(f'fill="{mark.fill or "none"}"')
    if mark.opacity != 1:
        looks.append(f'fill-opacity="{mark.opacity:g}"')
    if mark.ink:
        looks.append(f'stroke="{mark.ink}" stroke-width="{mark.width:g}"')
    if mark.dash:
        looks.append(f'stroke-dasharray="{mark.dash}"')
    return f"<path {' '.join(looks)}/>"


def _words(mark: TextMark) -> str:
    weight = "" if mark.weight == 400 else f' font-weight="{mark.weight}"'
    return (
        f'<text x="{mark.place[0]:g}" y="{mark.place[1]:g}" font-size="{mark.size:g}"{weight} '
        f'fill={quoteattr(mark.ink)} text-anchor="{mark.anchor}">{escape(mark.text)}</text>'
    )
