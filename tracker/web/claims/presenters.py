"""A claim and its verdict in the reader's language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.languages import in_language
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


def claim_text(claim: PublicClaim) -> str:
    """What was said, in the language of the page."""
    words = {"ja": claim.text_ja, "zh-hans": claim.text_zh_hans, "en": claim.text_en}
    return in_language(words)


def claim_reading(claim: PublicClaim) -> str:
    """How it is read, in the language of the page."""
    words = {"ja": claim.reading_ja, "zh-hans": claim.reading_zh_hans, "en": claim.reading_en}
    return in_language(words)


def claim_page(finding: ClaimFinding) -> ClaimPage:
    claim = finding.claim
    return ClaimPage(
        claim=claim,
        text=claim_text(claim),
        reading=claim_reading(claim),
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
            return _("The share is too close to the limit; more shops would not settle it soon.")
        return _("No shop has been observed here yet. At least ten are needed for a figure.")
    return _("If the share stays as it is, %(shops)s in total would be enough.") % {
        "shops": words.shops(figure.wanted)
    }
