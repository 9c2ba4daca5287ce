"""Areas, groups of shops, and the shops themselves for those who may read them."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy, override

from tracker.accounts.permissions import Action, Person, may
from tracker.adoption.present import present_statuses
from tracker.api.answers import PRIVATE
from tracker.api.cursors import Keyed, Row
from tracker.api.filter_parameters import CITY
from tracker.api.parameters import Parameter
from tracker.api.read_view import ApiQuestion, ListView
from tracker.api.shapes import ShapeField
from tracker.places.atlas.cities import CITY_OF_SLUG, WARD_CODES
from tracker.places.grid import E7, bounds, parent
from tracker.places.kinds import ALL_SEGMENTS, Segment
from tracker.places.models import Area
from tracker.places.read_list import ReadShop, shops_after
from tracker.places.shortlist import merged_shops
from tracker.survey.traits import Trait

TEXT, TEXT_OR_NONE = "string", ["string", "null"]
NAMES = (
    ShapeField("name_ja", gettext_lazy("Name in Japanese")),
    ShapeField("name_en", gettext_lazy("Name in English")),
    ShapeField("name_zh_hans", gettext_lazy("Name in simplified Chinese")),
)
SAID = {True: "yes", False: "no", None: None}
EXACT, SQUARE = "exact", "grid250"
ALL_LABEL = gettext_lazy("All shops")


class Areas(ListView):
    """The cities and their wards."""

    operation = "list_areas"
    title = gettext_lazy("The cities and their wards")
    note = gettext_lazy("Identified by JIS X 0402 codes, since names repeat between cities.")
    file = "areas"
    fields = (
        ShapeField("code", gettext_lazy("JIS X 0402, 5 digits")),
        ShapeField("city_id", gettext_lazy("Code of the city; empty for a city"), TEXT_OR_NONE),
        *NAMES,
    )

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        names = [field.name for field in self.fields]
        areas = Area.objects.order_by("code").values(*names)
        return ((key, row) for row in areas if (key := int(row["code"])) > asked.after)


class Segments(ListView):
    """The groups of shops."""

    operation = "list_segments"
    title = gettext_lazy("Kinds of shops")
    note = gettext_lazy("The values of “segment”, with their names in three languages.")
    file = "segments"
    fields = (ShapeField("code", gettext_lazy("As in figures and filters")), *NAMES)

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        codes = (ALL_SEGMENTS, *Segment.values)
        return ((key, _segment(code)) for key, code in enumerate(codes) if key > asked.after)


def _segment(code: str) -> Row:
    row: dict[str, str] = {"code": code}
    for language, name in (("ja", "name_ja"), ("en", "name_en"), ("zh-hans", "name_zh_hans")):
        with override(language):
            row[name] = str(ALL_LABEL if code == ALL_SEGMENTS else Segment(code).label)
    return row


class Shops(ListView):
    """Every shop with its present answers: for those who may read them."""

    operation = "list_shops"
    title = gettext_lazy("Shops and their current answers")
    note = gettext_lazy(
        "Shops that are not merged into another, in the order of registration. Answers come "
        "from the latest approved visit and expire like the figures; empty means unknown. "
        "Analysts get the 250 m square and no address; moderators and administrators get the "
        "exact position. Nobody learns who visited."
    )
    file = "shops"
    is_public = False
    cache = PRIVATE
    own_parameters = (
        CITY,
        Parameter("ward", gettext_lazy("Code of a ward."), tuple(sorted(WARD_CODES))),
        Parameter("segment", gettext_lazy("Kind of shop."), tuple(Segment.values)),
    )
    fields = (
        ShapeField("uuid", gettext_lazy("Shop ID")),
        ShapeField("name", gettext_lazy("As on its sign; empty if it has none")),
        ShapeField("brand", gettext_lazy("Chain brand")),
        ShapeField("segment", gettext_lazy("Kind of shop"), TEXT, tuple(Segment.values)),
        ShapeField("city", gettext_lazy("JIS X 0402 code")),
        ShapeField("ward", gettext_lazy("JIS X 0402 code; empty if unknown"), TEXT_OR_NONE),
        ShapeField("grid250", gettext_lazy("JIS X 0410 code of its 250 m square")),
        ShapeField("lat", gettext_lazy("Degrees north; see position"), "number"),
        ShapeField("lon", gettext_lazy("Degrees east; see position"), "number"),
        ShapeField(
            "position",
            gettext_lazy("exact, or the centre of the 250 m square"),
            TEXT,
            (EXACT, SQUARE),
        ),
        ShapeField("address", gettext_lazy("Empty for analysts"), TEXT_OR_NONE),
        *(
            ShapeField(trait.value, gettext_lazy("yes, no, or empty if unknown"), TEXT_OR_NONE)
            for trait in Trait
        ),
    )

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        city = CITY_OF_SLUG.get(asked.values.get("city", ""))
        kept = {
            "city": city.value if city else "",
            "ward": asked.values.get("ward", ""),
            "segment": asked.values.get("segment", ""),
        }
        return _shop_rows({key: value for key, value in kept.items() if value}, asked)


def _shop_rows(kept: dict[str, str], asked: ApiQuestion) -> Iterator[Keyed]:
    """Some shops at a time, so that a whole city costs no more memory than a page."""
    after = asked.after
    while shops := shops_after(after, limit=asked.chunk, **kept):
        yield from _with_answers(shops, asked.person, asked.at)
        after = shops[-1].pk


def _with_answers(shops: list[ReadShop], person: Person, at: datetime) -> Iterator[Keyed]:
    keys = [shop.pk for shop in shops]
    statuses = present_statuses({key: key for key in keys} | merged_shops(keys), at=at)
    is_exact = may(person, Action.CORRECT_SHOP)
    return (
        (shop.pk, shop_row(shop, statuses.get(shop.pk, {}), is_exact=is_exact)) for shop in shops
    )


def shop_row(shop: ReadShop, statuses: dict[str, bool], *, is_exact: bool) -> Row:
    """A shop as whoever asks may see it."""
    grid250 = parent(shop.grid125, SQUARE)
    square = bounds(grid250)
    centre = (square.south + square.north) / 2, (square.west + square.east) / 2
    lat, lon = (shop.lat_e7 / E7, shop.lon_e7 / E7) if is_exact else centre
    return {
        "uuid": str(shop.uuid),
        "name": shop.name,
        "brand": shop.brand,
        "segment": shop.segment,
        "city": shop.city,
        "ward": shop.ward,
        "grid250": str(grid250),
        "lat": round(lat, 7),
        "lon": round(lon, 7),
        "position": EXACT if is_exact else SQUARE,
        "address": shop.address if is_exact else None,
        **{trait.value: SAID[statuses.get(trait.value)] for trait in Trait},
    }
