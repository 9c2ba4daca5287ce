"""Names that many shops carry: what a phone proposes while a name is typed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count

from tracker.places.matching import fold
from tracker.places.models import Shop

FEWEST_OF_A_BRAND = 2
FEWEST_OF_A_NAME = 3  # two of one name may be a coincidence
MOST = 300


class Chain(NamedTuple):
    name: str
    segment: str  # the one that most of its shops have
    shops: int


def chains_in(city: str) -> list[Chain]:
    """The chains of a city with most shops, by their brand, else by their name.

    Reads every shop of the city: about two seconds for 341,000.
    """
    shops = Shop.objects.filter(city_id=city, merged_into=None)
    brands = shops.exclude(brand="").values_list("brand", "segment").annotate(Count("pk"))
    by_brand = _chains(((brand, brand, *rest) for brand, *rest in brands), fewest=FEWEST_OF_A_BRAND)
    names = shops.filter(brand="").exclude(name_folded="")
    often = (
        names.values_list("name_folded")
        .annotate(number=Count("pk"))
        .filter(number__gte=FEWEST_OF_A_NAME)
        .order_by("-number", "name_folded")[:MOST]
    )
    spellings = names.filter(name_folded__in=[folded for folded, _number in often])
    rows = spellings.values_list("name_folded", "name", "segment").annotate(Count("pk"))
    by_name = _chains(rows, fewest=FEWEST_OF_A_NAME)
    known = {fold(chain.name) for chain in by_brand}
    return most_of([*by_brand, *(chain for chain in by_name if fold(chain.name) not in known)])


def most_of(chains: Iterable[Chain]) -> list[Chain]:
    """The greatest chains first, each once; what two cities know of one chain is added up."""
    rows = [(fold(chain.name), *chain) for chain in chains]
    return _chains(rows, fewest=FEWEST_OF_A_BRAND)[:MOST]


def _chains(rows: Iterable[tuple[str, str, str, int]], *, fewest: int) -> list[Chain]:
    """From (key, name, segment, number of shops): the usual spelling and segment of each key."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    segments: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, name, segment, number in rows:
        names[key][name] += number
        segments[key][segment] += number
    chains = [
        Chain(_usual(names[key]), _usual(segments[key]), names[key].total())
        for key in names
        if names[key].total() >= fewest
    ]
    return sorted(chains, key=lambda chain: (-chain.shops, chain.name))


def _usual(counted: Counter[str]) -> str:
    """The most common; of equals the first in order of signs, so that it stays the same."""
    return min(counted, key=lambda value: (-counted[value], value))
