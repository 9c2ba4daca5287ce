"""A claim and its verdict in the reader's language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.places.kinds import ALL_SEGMENTS
from tracker.publication.claims.models import PublicClaim
from tracker.publication.claims.queries import ClaimFigure, ClaimFinding
from tracker.publication.claims.verdicts import ClaimVerdict
from tracker.publication.figures import words


@dataclass(frozen=True)
class FigureLine:
    """One city and measure."""

    city: str
    measure: str
    sentence: str
    verdict: ClaimVerdict
    settles: str  # what would settle it; "" where it is settled
    address: str


@dataclass(frozen=True)
class ClaimPage:
    """Everything that is said of a claim."""

    claim: PublicClaim
    text: str
    reading: str
    verdict: ClaimVerdict
    month: str
    segment: str
    lines: list[FigureLine]


def in_language(claim: PublicClaim, field: str) -> str:
    """`text` or `reading` in the language of the page."""
    suffix = {"ja": "ja", "zh-hans": "zh_hans"}.get(get_language() or "", "en")
    return str(getattr(claim, f"{field}_{suffix}"))


def claim_page(finding: ClaimFinding) -> ClaimPage:
    claim = finding.claim
    return ClaimPage(
        claim=claim,
        text=in_language(claim, "text"),
        reading=in_language(claim, "reading"),
        verdict=finding.verdict,
        month=words.month_name(finding.month),
        segment=words.segment_name(claim.segment),
        lines=[_line(claim, one) for one in finding.figures],
    )


def _line(claim: PublicClaim, figure: ClaimFigure) -> FigureLine:
    keys = {"view": "trend", "city": figure.city.slug, "measure": figure.measure.value}
    if claim.segment != ALL_SEGMENTS:
        keys["segment"] = claim.segment
    return FigureLine(
        city=str(figure.city.label),
        measure=str(figure.measure.label),
        sentence=words.figure_sentence(figure.cell),
        verdict=figure.verdict,
        settles=_settles(figure),
        address=f"{reverse('explore')}?{urlencode(keys)}",
    )


def _settles(figure: ClaimFigure) -> str:
    if figure.verdict is not ClaimVerdict.CANNOT_SAY:
        return ""
    if figure.wanted is None:
        if figure.cell.count.observed:
            return _("The share is too near to the limit: no number of shops would settle it soon.")
        return _("No shop has been observed here yet. Ten are the least that is told.")
    return _("If the share stays as it is, %(shops)s in all would settle it.") % {
        "shops": words.shops(figure.wanted)
    }
