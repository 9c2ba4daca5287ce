"""Public claims beside the figures that speak for or against them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from tracker.places.atlas.cities import City
from tracker.publication.claims.models import PublicClaim
from tracker.publication.claims.verdicts import ClaimVerdict, shops_wanted, together, verdict_of
from tracker.publication.figures.cells import Cell, city_cells
from tracker.survey.measures import Measure


@dataclass(frozen=True)
class ClaimFigure:
    """One measure in one city: what was found, and what it says of the claim."""

    city: City
    measure: Measure
    cell: Cell
    verdict: ClaimVerdict
    wanted: int | None  # shops that would settle it; None where that cannot be said


@dataclass(frozen=True)
class ClaimFinding:
    """A claim, its figures at the end of `month`, and the verdict of all together."""

    claim: PublicClaim
    month: int
    figures: list[ClaimFigure]
    verdict: ClaimVerdict


def shown_claims() -> QuerySet[PublicClaim]:
    """Those that readers see, the first one first."""
    return PublicClaim.objects.filter(ended_at=None).order_by("pk")


def all_claims() -> QuerySet[PublicClaim]:
    """With those that were taken off, the newest first."""
    return PublicClaim.objects.order_by("-pk")


def finding_of(claim: PublicClaim, *, month: int) -> ClaimFinding:
    """What the counts of a month say of a claim."""
    figures = [
        _figure(claim, city, measure, cell)
        for measure in map(Measure, claim.measures)
        for city, cell in city_cells(measure, month, claim.segment).items()
    ]
    return ClaimFinding(claim, month, figures, together(one.verdict for one in figures))


def _figure(claim: PublicClaim, city: City, measure: Measure, cell: Cell) -> ClaimFigure:
    count, limit = cell.count, claim.at_least / 100
    verdict = verdict_of(count.yes, count.observed, at_least=limit)
    is_open = verdict is ClaimVerdict.CANNOT_SAY
    wanted = shops_wanted(count.yes, count.observed, at_least=limit) if is_open else None
    return ClaimFigure(city, measure, cell, verdict, wanted)
