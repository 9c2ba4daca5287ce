"""Sources of the outlines, which their owners want named, in the language of the reader."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SQUARES = gettext_lazy("Source: “Mesh codes by municipality” (Statistics Bureau of Japan)")
BOUNDARIES = "国土数値情報（行政区域データ）（国土交通省）を加工"  # kept with every import


def in_words(source: str) -> str:
    """A source as it was kept, the part that we know in the reader's language."""
    known = _(
        "Adapted from “National Land Numerical Information (administrative areas)” (MLIT of Japan)"
    )
    return source.replace(BOUNDARIES, known)
