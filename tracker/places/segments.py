"""Which of our segments an OSM tag or a JSIC group belongs to. Pure facts."""

from collections.abc import Mapping

from tracker.places.kinds import Segment

S = Segment
BY_TAG: dict[str, dict[str, Segment]] = {
    "shop": {
        "chemist": S.DRUGSTORE,
        "drugstore": S.DRUGSTORE,
        "medical_supply": S.DRUGSTORE,
        "cosmetics": S.COSMETICS,
        "beauty": S.COSMETICS,
        "perfumery": S.COSMETICS,
        "electronics": S.ELECTRONICS,
        "computer": S.ELECTRONICS,
        "mobile_phone": S.ELECTRONICS,
        "camera": S.ELECTRONICS,
        "hifi": S.ELECTRONICS,
        "department_store": S.DEPARTMENT_STORE,
        "mall": S.DEPARTMENT_STORE,
        "clothes": S.FASHION,
        "shoes": S.FASHION,
        "bag": S.FASHION,
        "fashion_accessories": S.FASHION,
        "jewelry": S.FASHION,
        "watches": S.FASHION,
        "boutique": S.FASHION,
        "convenience": S.CONVENIENCE,
        "supermarket": S.FOOD_SOUVENIR,
        "gift": S.FOOD_SOUVENIR,
        "souvenir": S.FOOD_SOUVENIR,
        "confectionery": S.FOOD_SOUVENIR,
        "bakery": S.FOOD_SOUVENIR,
        "tea": S.FOOD_SOUVENIR,
        "alcohol": S.FOOD_SOUVENIR,
        "deli": S.FOOD_SOUVENIR,
        "pastry": S.FOOD_SOUVENIR,
        "chocolate": S.FOOD_SOUVENIR,
        "greengrocer": S.FOOD_SOUVENIR,
        "seafood": S.FOOD_SOUVENIR,
        "coffee": S.FOOD_SOUVENIR,
    },
    "amenity": {
        "pharmacy": S.DRUGSTORE,
        "restaurant": S.RESTAURANT,
        "fast_food": S.RESTAURANT,
        "food_court": S.RESTAURANT,
        "pub": S.RESTAURANT,
        "bar": S.RESTAURANT,
        "cafe": S.CAFE,
        "ice_cream": S.CAFE,
    },
    "tourism": {
        "hotel": S.HOTEL,
        "hostel": S.HOTEL,
        "guest_house": S.HOTEL,
        "motel": S.HOTEL,
        "apartment": S.HOTEL,
    },
}
# Japan Standard Industrial Classification, revision 13; the longest code that fits wins.
BY_JSIC = {
    "56": S.DEPARTMENT_STORE,
    "57": S.FASHION,
    "58": S.FOOD_SOUVENIR,
    "5891": S.CONVENIENCE,
    "593": S.ELECTRONICS,
    "603": S.DRUGSTORE,
    "6034": S.COSMETICS,
    "75": S.HOTEL,
    "76": S.RESTAURANT,
    "767": S.CAFE,
    "77": S.RESTAURANT,
    "60": S.OTHER,
}


def segment_of_tags(tags: Mapping[str, str]) -> Segment | None:
    """The segment of an OSM object; OTHER for a shop we have no group for, None for no shop."""
    for key, values in BY_TAG.items():
        if tags.get(key) in values:
            return values[tags[key]]
    return Segment.OTHER if tags.get("shop") else None


def segment_of_jsic(code: str) -> Segment | None:
    """The segment of a JSIC code of two to four digits."""
    for length in range(len(code), 1, -1):
        if code[:length] in BY_JSIC:
            return BY_JSIC[code[:length]]
    return None
