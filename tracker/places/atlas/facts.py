"""The file of facts of one city: its shape, read and checked. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

KEYS = ("code", "slug", "order", "names", "short_names", "prefecture", "in_addresses",
        "squares_of_prefectures", "demonstration", "wards")  # fmt: skip
NEEDED_LANGUAGES = ("ja", "en")  # others fall back to one of these
Names = Mapping[str, str]


class AtlasBroken(ValueError):
    """A file of the atlas is wrong; the sentence names the file and what is wrong with it."""


@dataclass(frozen=True)
class WardFacts:
    """Names repeat between cities: key on the code."""

    code: str  # JIS X 0402, five digits
    names: Names  # by code of language


@dataclass(frozen=True)
class CityFacts:
    """What the survey knows of a city before anybody has visited it."""

    code: str  # JIS X 0402, five digits
    slug: str  # in addresses of pages and of the API
    order: int  # in lists; the first one is shown where nobody chose
    names: Names
    short_names: Names  # as in “Tokyo, Osaka and Kyoto”
    prefecture_code: str
    prefecture: str  # as written in addresses
    in_addresses: str  # what comes between prefecture and ward in an address
    squares_of_prefectures: tuple[str, ...]  # whose list of 1 km squares is read
    weight: int  # its share of the demonstration, beside those of the others
    busy_wards: frozenset[str]  # get more of the demonstration's shops
    wards: tuple[WardFacts, ...]  # in the order of their codes


def read_atlas(folder: Path) -> tuple[CityFacts, ...]:
    """Every city of a folder, in order. AtlasBroken where a file is wrong, or none is there."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise AtlasBroken(f"{folder}: there is no file of a city.")
    cities = [_city(path) for path in paths]
    _unlike("slug", ((city.slug, city.slug) for city in cities))
    _unlike(
        "code",
        ((code, city.slug) for city in cities for code in (city.code, *_codes(city.wards))),
    )
    return tuple(sorted(cities, key=lambda city: (city.order, city.code)))


def _codes(wards: Iterable[WardFacts]) -> list[str]:
    return [ward.code for ward in wards]


def _unlike(what: str, owned: Iterable[tuple[str, str]]) -> None:
    """Each value belongs to one city, once."""
    owners: dict[str, str] = {}
    for value, slug in owned:
        if value in owners:
            raise AtlasBroken(f"{slug}.json: the {what} {value} is that of {owners[value]}.json.")
        owners[value] = f"{slug}"


def _city(path: Path) -> CityFacts:
    try:
        page = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
        _demand(isinstance(page, dict), "it is not an object")
        _demand(set(page) == set(KEYS), f"its keys must be {', '.join(KEYS)}")
        return _facts(page, path.stem)
    except (ValueError, KeyError) as error:
        raise AtlasBroken(f"{path.name}: {error}.") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    _demand(len(found) == len(pairs), f"a key stands twice among {', '.join(found)}")
    return found


def _facts(page: dict[str, object], stem: str) -> CityFacts:
    prefecture = _object(page, "prefecture", ("code", "name"))
    demonstration = _object(page, "demonstration", ("weight", "busy_wards"))
    city = CityFacts(
        code=_code("code", page["code"]),
        slug=_text(page, "slug"),
        order=_number(page, "order"),
        names=_names("names", page["names"]),
        short_names=_names("short_names", page["short_names"]),
        prefecture_code=_text(prefecture, "code"),
        prefecture=_text(prefecture, "name"),
        in_addresses=_text(page, "in_addresses", may_be_empty=True),
        squares_of_prefectures=tuple(_texts(page, "squares_of_prefectures")),
        weight=_number(demonstration, "weight"),
        busy_wards=frozenset(_texts(demonstration, "busy_wards")),
        wards=_wards(page["wards"]),
    )
    _demand(city.slug == stem, f"its slug is {city.slug}, and the file must be named after it")
    _demand(bool(re.fullmatch(r"[a-z][a-z-]*", city.slug)), "its slug must be small letters")
    _demand(city.code.startswith(city.prefecture_code) and len(city.prefecture_code) == 2,
            "its code must begin with the two digits of its prefecture")  # fmt: skip
    _demand(city.prefecture_code in city.squares_of_prefectures,
            "squares_of_prefectures must name the city's own prefecture")  # fmt: skip
    strange = sorted(city.busy_wards - set(_codes(city.wards)))
    _demand(not strange, f"busy_wards names {', '.join(strange)}, which is none of its wards")
    return city


def _wards(value: object) -> tuple[WardFacts, ...]:
    _demand(isinstance(value, dict) and bool(value), "wards must be names by code")
    found = value if isinstance(value, dict) else {}
    return tuple(
        WardFacts(_code("a ward", code), _names(f"ward {code}", names))
        for code, names in sorted(found.items())
    )


def _demand(is_so: bool, sentence: str) -> None:
    if not is_so:
        raise ValueError(sentence)


def _object(page: dict[str, object], key: str, keys: tuple[str, ...]) -> dict[str, object]:
    value = page[key]
    if not isinstance(value, dict) or set(value) != set(keys):
        raise ValueError(f"{key} must have {' and '.join(keys)}")
    return value


def _code(what: str, value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{5}", value):
        raise ValueError(f"the code of {what} must be five digits in quotes, not {value!r}")
    return value


def _text(page: dict[str, object], key: str, *, may_be_empty: bool = False) -> str:
    value = page[key]
    if not isinstance(value, str) or not (value or may_be_empty):
        raise ValueError(f"{key} must be a text")
    return value


def _texts(page: dict[str, object], key: str) -> list[str]:
    value = page[key]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{key} must be a list of texts")
    return value


def _number(page: dict[str, object], key: str) -> int:
    value = page[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{key} must be a whole number, 0 or more")
    return value


def _names(what: str, value: object) -> Names:
    if not isinstance(value, dict) or not all(
        isinstance(name, str) and 0 < len(name) <= 40 for name in value.values()
    ):
        raise ValueError(f"{what} must be names of at most 40 characters by language")
    missing = [code for code in NEEDED_LANGUAGES if code not in value]
    _demand(not missing, f"{what} must have a name in {' and '.join(missing)}")
    return value
