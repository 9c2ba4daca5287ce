"""The day plan as a phone keeps it: columns and rows, and no earlier answer among them."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_hex

from django.core.cache import cache

from tracker.api.phone.plan_known import known_of
from tracker.fieldwork.draw import key_of, period_of
from tracker.fieldwork.due import DUE_DAYS, PHOTO_DAYS, due_of, is_drawn, is_photo_asked
from tracker.fieldwork.rounds import gone_shops
from tracker.months import day_of
from tracker.places.buildings import BuildingSpot, buildings_of
from tracker.places.chains import Chain, chains_in, most_of
from tracker.places.matching import fold
from tracker.places.shortlist import ListedShop, listed_shops, merged_shops
from tracker.survey.answers import Answer
from tracker.survey.specs import TRAITS

COLUMNS = ("uuid", "name", "find", "segment", "floor", "place", "building", "lat_e7", "lon_e7",
           "last_on", "due", "photo", "checks")  # fmt: skip
SAID = {True: Answer.YES.value, False: Answer.NO.value}
Row = tuple[object, ...]
DIGITS = 8  # of a digest: enough to tell an answer, too few to be worth a thought
CHAIN_SECONDS = 6 * 3600  # chains open and close slowly, and counting them reads a whole city


def day_plan(
    keys: Sequence[int], *, again: Collection[int] = (), at: datetime
) -> dict[str, object]:
    """The plan of these shops, in their order, as docs/field-app.md fixes it.

    `again`: shops to be visited once more, which look like any other that is due.
    """
    shops = listed_shops(keys)
    survivors = {key: key for key in keys} | merged_shops(keys)
    salt = token_hex(8)
    rows, gone = _without_gone(
        shops, _rows(shops, survivors, again, salt, at), gone_shops(survivors)
    )
    return {
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "period": period_of(at),
        "salt": salt,
        "columns": COLUMNS,
        "rows": rows,
        "gone": gone,
        "chains": [(chain.name, chain.segment) for chain in _chains({s.city for s in shops})],
        "photo_days": PHOTO_DAYS,
        "due_days": DUE_DAYS,
    }


def _without_gone(
    shops: Sequence[ListedShop], rows: Sequence[Row], gone: Set[int]
) -> tuple[list[Row], list[Row]]:
    """Rows of the shops to be visited; and those only to be recognised if one is added anew."""
    pairs = list(zip(shops, rows, strict=True))
    there = [row for shop, row in pairs if shop.pk not in gone]
    return there, [row for shop, row in pairs if shop.pk in gone]


def _rows(
    shops: Sequence[ListedShop], survivors: Mapping[int, int], again: Collection[int],
    salt: str, at: datetime,
) -> list[Row]:  # fmt: skip
    visited, photographed, statuses = known_of(survivors, again, at)
    spots = [BuildingSpot(shop.lat_e7, shop.lon_e7, shop.floor, shop.address) for shop in shops]
    today, draw = day_of(at), key_of(period_of(at))
    rows: list[Row] = []
    for shop, building in zip(shops, buildings_of(spots), strict=True):
        last_on = day_of(visited[shop.pk]) if shop.pk in visited else None
        photo_on = day_of(photographed[shop.pk]) if shop.pk in photographed else None
        drawn = is_drawn(shop.uuid, key=draw)
        rows.append(
            (
                str(shop.uuid),
                shop.name,
                findable(shop),
                shop.segment,
                shop.floor,
                shop.address or shop.place_name,
                building,
                shop.lat_e7,
                shop.lon_e7,
                last_on.isoformat() if last_on else "",
                due_of(last_on, today=today),
                int(is_photo_asked(photo_on, is_drawn=drawn, today=today)),
                checks_of(str(shop.uuid), statuses.get(shop.pk, {}), salt=salt),
            )
        )
    return rows


def findable(shop: ListedShop) -> str:
    """What a search on the phone looks through: every name and the address, folded, each once."""
    texts = (shop.name, shop.name_en, shop.name_zh_hans, shop.address)
    return " ".join(dict.fromkeys(folded for text in texts if text and (folded := fold(text))))


def checks_of(shop: str, statuses: Mapping[str, bool], *, salt: str) -> str:
    """A digest of the status of each trait in its order, empty where there is none."""
    return ",".join(
        answer_digest(salt, shop, trait, SAID[statuses[trait]]) if trait in statuses else ""
        for trait in TRAITS
    )


def answer_digest(salt: str, shop: str, trait: str, answer: str) -> str:
    """With it a phone can tell whether an answer just given differs from the status."""
    return sha256(f"{salt}|{shop}|{trait}|{answer}".encode()).hexdigest()[:DIGITS]


def _chains(cities: Iterable[str]) -> list[Chain]:
    """The chains of the cities, from the cache where they were counted a short while ago."""
    names = {f"chains:{city}": city for city in sorted(cities)}
    found = cache.get_many(names)
    for name, city in names.items():
        if name not in found:
            found[name] = [tuple(chain) for chain in chains_in(city)]
            cache.set(name, found[name], CHAIN_SECONDS)
    return most_of(Chain(*row) for name in names for row in found[name])
