"""Areas as a page names and offers them."""

from tracker.languages import in_language
from tracker.places.atlas.cities import AREA_NAMES, City
from tracker.places.models import Area
from tracker.places.queries import all_wards


def ward_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Wards under their city, named in the reader's language."""
    cities: dict[str, list[tuple[str, str]]] = {city.value: [] for city in City}
    for ward in all_wards():
        cities[str(ward.city_id)].append((ward.code, area_name(ward)))
    return [(str(City(code).label), wards) for code, wards in cities.items()]


def area_name(area: Area) -> str:
    """The name of an area in the reader's language."""
    names = {"ja": area.name_ja, "en": area.name_en, "zh-hans": area.name_zh_hans}
    return in_language(AREA_NAMES.get(area.code, names))
