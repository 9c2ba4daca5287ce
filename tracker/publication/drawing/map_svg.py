"""Paints a scene as SVG: presentation attributes only, so that a strict policy lets it pass."""

from xml.sax.saxutils import escape, quoteattr

from tracker.adoption.estimation.estimates import Tier
from tracker.publication.drawing.canvas import Shape
from tracker.publication.drawing.glyphs import DOT, Glyph
from tracker.publication.drawing.page_sizes import SCREEN
from tracker.publication.drawing.scene import LegendItem, Scene
from tracker.publication.drawing.styles import INK, INK_2, OUTLINE, PAPER

FONTS = "'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif"
FONTS_ZH = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
PATTERNS = (
    '<pattern id="wide" width="10" height="10" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M2 0V10" stroke="#FFFFFF" stroke-width="2"/>'
    '<path d="M4 0V10" stroke="#000000" stroke-width="1.4"/></pattern>'
    '<pattern id="few" width="9" height="9" patternUnits="userSpaceOnUse">'
    f'<circle cx="4.5" cy="4.5" r="1.2" fill="{DOT}"/></pattern>'
)
PATTERN_OF = {Tier.WIDE: "wide", Tier.TOO_FEW: "few"}
WIDTH, HEIGHT = int(SCREEN.width), int(SCREEN.height)  # a drawing fits any paper
LEGEND_LEFT, LEGEND_TOP, LEGEND_STEP = int(SCREEN.legend_left), 108, 30


def family_of(language: str) -> str:
    """The fonts of a picture: Han characters have other shapes in Japan and in China."""
    return FONTS_ZH if language == "zh-hans" else FONTS


def svg_of(scene: Scene) -> str:
    """The whole picture as one SVG document."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-labelledby="map-title map-note" lang={quoteattr(scene.language)} '
            f"font-family={quoteattr(family_of(scene.language))} fill={quoteattr(INK)}>"
        ),
        f'<title id="map-title">{escape(scene.title)}</title>',
        f'<desc id="map-note">{escape(scene.subtitle)}</desc>',
        f"<defs>{PATTERNS}</defs>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        _text(24, 40, 24, scene.title, weight="700"),
        _text(24, 66, 14, scene.subtitle, fill=INK_2),
        *(shape_svg(shape) for shape in scene.shapes),
        *(_legend_item(number, item) for number, item in enumerate(scene.legend)),
        *(
            _text(24, SCREEN.credit_line(number, len(scene.credits)), 10, line, fill=INK_2)
            for number, line in enumerate(scene.credits)
        ),
        "</svg>",
    ]
    return "\n".join(parts)


def _text(x: float, y: float, size: int, text: str, *, weight: str = "400", fill: str = INK) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{escape(text)}</text>"
    )


def path_of(rings: list[list[tuple[float, float]]]) -> str:
    """The `d` of a path with one closed run per ring."""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings if ring)


def shape_svg(shape: Shape) -> str:
    """One area with its name and figure as a title, and the sign of its tier."""
    path = path_of(shape.rings)
    if shape.tier is None:
        return f'<path d="{path}" fill="none" stroke="{OUTLINE}" stroke-width="0.8"/>'
    return (
        f'<g data-code="{escape(shape.code)}"><title>{escape(shape.label)}</title>'
        f'<path d="{path}" fill="{shape.fill}" fill-rule="evenodd" stroke="{OUTLINE}" '
        f'stroke-width="0.8" stroke-linejoin="round"/>{_sign(shape, path)}</g>'
    )


def _sign(shape: Shape, path: str) -> str:
    """What tells the tier, on top of the fill; nothing where the figure is reliable."""
    pattern = PATTERN_OF.get(shape.tier) if shape.tier else None
    if pattern is None:
        return ""
    if shape.glyph is not None:
        return _mark(shape.glyph)
    return f'<path d="{path}" fill="url(#{pattern})"/>'


def _mark(glyph: Glyph) -> str:
    if glyph.dot is not None:
        (x, y), radius = glyph.dot
        return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:.3g}" fill="{DOT}"/>'
    return "".join(
        f'<path d="M{start[0]:.4g} {start[1]:.4g}L{end[0]:.4g} {end[1]:.4g}" '
        f'stroke="{colour}" stroke-width="{width:.3g}"/>'
        for start, end, colour, width in glyph.strokes
    )


def _legend_item(number: int, item: LegendItem) -> str:
    top = LEGEND_TOP + number * LEGEND_STEP
    box = f'x="{LEGEND_LEFT}" y="{top}" width="28" height="20"'
    pattern = PATTERN_OF.get(item.tier)
    over = f'<rect {box} fill="url(#{pattern})"/>' if pattern else ""
    swatch = f'<rect {box} fill="{item.fill}" stroke="{OUTLINE}" stroke-width="0.8"/>'
    return f"{swatch}{over}{_text(LEGEND_LEFT + 36, top + 14, 11, item.label)}"
