"""Observed shops beside the census frame: strata of a city, ward × group."""

from collections import defaultdict

from tracker.adoption.estimation.collapsing import Stratum
from tracker.adoption.estimation.weighting import CityEstimate, city_estimate
from tracker.adoption.queries import counts_by_area
from tracker.frames.groups import GROUPS
from tracker.frames.queries import establishments_by_ward
from tracker.places.atlas.cities import City, wards_of
from tracker.places.kinds import AreaLevel
from tracker.survey.measures import Measure


def strata_of(*, city: City, measure: Measure, month: int) -> list[Stratum]:
    """Every ward and group of a city; `establishments` is None where the census hides them.

    Empty where no frame is loaded. A ward's shops are those whose ward is known.
    """
    framed = establishments_by_ward()
    if not framed:
        return []
    wards = [ward.code for ward in wards_of(city)]
    observed: defaultdict[tuple[str, str], int] = defaultdict(int)
    yes: defaultdict[tuple[str, str], int] = defaultdict(int)
    for name, group in GROUPS.items():
        for segment in sorted(group.segments):
            counts = counts_by_area(
                level=AreaLevel.WARD,
                measure=measure,
                month=month,
                segment=segment,
                areas=[int(code) for code in wards],
            )
            for area, count in counts.items():
                observed[(f"{area:05d}", name)] += count.observed
                yes[(f"{area:05d}", name)] += count.yes
    return [
        Stratum(ward, name, framed.get((ward, name)), observed[(ward, name)], yes[(ward, name)])
        for ward in wards
        for name in GROUPS
    ]


def weighted_city(*, city: City, measure: Measure, month: int) -> CityEstimate | None:
    """The frame-weighted share of a city; None where no frame is loaded."""
    strata = strata_of(city=city, measure=measure, month=month)
    return city_estimate(strata) if strata else None
