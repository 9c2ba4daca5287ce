"""How the invented shops adopt: logistic curves that differ by ward and by segment. Pure."""

from dataclasses import dataclass
from math import exp
from random import Random

from tracker.places.kinds import Segment
from tracker.survey.traits import Trait

# Where the curve ends (share of shops), by segment; invented.
CEILING = {
    Segment.DRUGSTORE: 0.85,
    Segment.COSMETICS: 0.8,
    Segment.ELECTRONICS: 0.9,
    Segment.DEPARTMENT_STORE: 0.95,
    Segment.FASHION: 0.5,
    Segment.CONVENIENCE: 0.9,
    Segment.FOOD_SOUVENIR: 0.55,
    Segment.RESTAURANT: 0.35,
    Segment.CAFE: 0.3,
    Segment.HOTEL: 0.65,
    Segment.OTHER: 0.25,
}
STEEPNESS = 7.0  # of the logistic curve over the whole period


@dataclass(frozen=True)
class Shopkeeper:
    """When one shop takes up each trait, as a part of the period; None for never."""

    takes_up: dict[Trait, float | None]

    def has(self, trait: Trait, moment: float) -> bool:
        """Whether the shop has the trait at `moment`, 0 at the beginning and 1 at the end."""
        start = self.takes_up[trait]
        return start is not None and moment >= start


def ward_lead(ward_code: str) -> float:
    """How early a ward adopts, from -0.25 (early) to 0.25 (late): fixed per ward code."""
    return (int(ward_code) * 37 % 101) / 200 - 0.25


def share_at(moment: float, *, ceiling: float, lead: float) -> float:
    """The logistic share of adopters at `moment`."""
    return ceiling / (1 + exp(-STEEPNESS * (moment - 0.5 - lead)))


def invent_shopkeeper(rng: Random, segment: Segment, ward_code: str) -> Shopkeeper:
    """Draw one shop's place in its curve; what there are signs of mostly comes together."""
    patience = rng.random()
    takes_up: dict[Trait, float | None] = {}
    for trait in Trait:
        invention = trait.spec.invention
        own = patience if invention.is_sign else rng.random()
        own = min(max(own + rng.uniform(-0.05, 0.05), 0.0), 1.0)
        ceiling = CEILING[segment] * invention.share
        takes_up[trait] = _crossing(own, ceiling, ward_lead(ward_code))
    return Shopkeeper(takes_up)


def _crossing(patience: float, ceiling: float, lead: float) -> float | None:
    """The first hundredth of the period at which the curve passes `patience`."""
    for step in range(101):
        if share_at(step / 100, ceiling=ceiling, lead=lead) > patience:
            return step / 100
    return None
