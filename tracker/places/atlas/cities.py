"""The cities and their wards, by JIS X 0402 code: what every list of them is made from.

The city of a ward is where its file says it is, never what the digits of its code look like:
Osaka and Sakai share the first two, and stand side by side.
"""

from pathlib import Path

from django.db.models import TextChoices

from tracker.languages import all_of, in_language, in_language_lazy
from tracker.places.atlas.facts import CityFacts, Names, WardFacts, read_atlas

FOLDER = Path(__file__).parent
_FACTS = {facts.code: facts for facts in read_atlas(FOLDER)}


class City(TextChoices):
    """The cities by their code, in the order of lists; the label is the name in the language of
    the reader. A member is named after its slug.
    """

    _ignore_ = ["members", "one"]
    members = vars()
    for one in _FACTS.values():
        members[one.slug.replace("-", "_").upper()] = one.code, in_language_lazy(one.names)

    @property
    def facts(self) -> CityFacts:
        return _FACTS[self.value]

    @property
    def slug(self) -> str:
        """How addresses of pages and of the API name it."""
        return self.facts.slug


FIRST_CITY = next(iter(City))  # shown where nobody chose one
CITY_OF_SLUG = {city.slug: city for city in City}
# The city of a code, be it that of a city or of one of its wards.
CITY_OF_CODE: dict[str, City] = {city.value: city for city in City}
CITY_OF_CODE |= {ward.code: city for city in City for ward in city.facts.wards}
WARDS = tuple(
    sorted((ward for city in City for ward in city.facts.wards), key=lambda ward: ward.code)
)
AREA_NAMES: dict[str, Names] = {city.value: city.facts.names for city in City} | {
    ward.code: ward.names for ward in WARDS
}
WARD_CODES = frozenset(ward.code for ward in WARDS)


def city_of(ward_code: str) -> City:
    """The city of a ward of ours."""
    return CITY_OF_CODE[ward_code]


def wards_of(city: City) -> tuple[WardFacts, ...]:
    """The wards of a city in the order of their codes."""
    return city.facts.wards


def short_names() -> list[str]:
    """The cities in the language of the reader, as in a title: Tokyo, Osaka, Kyoto."""
    return [in_language(city.facts.short_names) for city in City]


def cities_in_words() -> str:
    """“Tokyo, Osaka and Kyoto” in the language of the reader."""
    return all_of(short_names())


def cities_and_wards() -> str:
    """The same, each with the number of its wards in brackets."""
    counted = zip(short_names(), City, strict=True)
    return all_of([f"{name} ({len(wards_of(city))})" for name, city in counted])
