"""No digest leaves out a part of what it stands for: what differs anywhere, differs there.

A digest decides what is the same: a receipt, a picture that is not drawn again, a row that is not
imported again, a draw that nobody can foresee. A part left out of one is a difference that nobody
sees. The log's digest: tests/audit/test_digests.py; an entry's: tests/fieldwork/test_entry.py.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

import pytest

from tracker.accounts.queries import token_digest
from tracker.adoption.estimation.estimates import Tier
from tracker.api.answers import tag_of
from tracker.api.phone.plan_rows import answer_digest
from tracker.fieldwork.due import is_drawn
from tracker.fieldwork.pictures.store import photo_digest
from tracker.moderation.sampling import random_draw_of
from tracker.places.imports.rows import ShopRow
from tracker.publication.cache.pictures import chart_digest, scene_digest
from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.scene import LegendItem, Scene
from tracker.publication.extracts.rows import shop_key
from tracker.rechecks.sampling import chance

pytestmark = pytest.mark.once
SCENE = Scene(
    title="Alipay",
    subtitle="2026-03",
    shapes=[],
    legend=[LegendItem("#fff", Tier.RELIABLE, "10 %")],
    credits=["Noren"],
    language="ja",
)
DRAWING = Drawing(width=10.0, height=20.0, title="Alipay", kind="trend", marks=())
ROW = ShopRow(
    1, "千歳屋", 356_717_000, 1_397_650_000, osm_id="node/1", external_id="x", address="銀座",
    postal_code="1040061", tags={"shop": "chemist"},
)  # fmt: skip


MORE: dict[type, Any] = {str: "x", bytes: b"x"}


def other(value: Any) -> Any:
    """A value of the same type that is another one."""
    match value:
        case str() | bytes() | int() | float():
            return value + MORE.get(type(value), 1)
        case UUID():
            return UUID(int=value.int + 1)
        case dict():
            return value | {"more": "x"}
        case list() | tuple():
            return [*value, *value] or ["x"]
    first = fields(value)[0].name
    return replace(value, **{first: other(getattr(value, first))})


DIGESTS: dict[str, tuple[Callable[..., object], tuple[Any, ...]]] = {
    "what a phone compares an answer with": (answer_digest, ("salt", "shop", "alipay", "yes")),
    "an invitation": (token_digest, ("token",)),
    "a photo": (photo_digest, (b"photo",)),
    "a shop in an extract": (shop_key, ("salt", 17)),
    "a second visit": (chance, (b"secret", "one", "two")),
    "an answer of the API": (tag_of, ("one", "two")),
    "a chart": (chart_digest, (DRAWING, "ja")),
    "a map": (scene_digest, (SCENE,)),
    "a draw for review": (
        lambda uuid, revision, key: random_draw_of(uuid, revision, key=key),
        (UUID(int=7), 1, b"key"),
    ),
}


@pytest.mark.parametrize("name", DIGESTS)
def test_every_part_counts(name: str) -> None:
    digest, parts = DIGESTS[name]
    whole = digest(*parts)
    assert digest(*parts) == whole
    for place, part in enumerate(parts):
        changed = [*parts[:place], other(part), *parts[place + 1 :]]
        assert digest(*changed) != whole, f"part {place} is left out"


@pytest.mark.parametrize("name", [one.name for one in fields(Scene)])
def test_a_map_that_differs_anywhere_is_drawn_again(name: str) -> None:
    changed = replace(SCENE, **{name: other(getattr(SCENE, name))})
    assert scene_digest(changed) != scene_digest(SCENE)


@pytest.mark.parametrize("name", [one.name for one in fields(Drawing)])
def test_a_chart_that_differs_anywhere_is_drawn_again(name: str) -> None:
    changed = replace(DRAWING, **{name: other(getattr(DRAWING, name))})
    assert chart_digest(changed, "ja") != chart_digest(DRAWING, "ja")


# Of which row of a file it is, and by which key it was found, its content does not speak.
NOT_CONTENT = {"number", "osm_id", "external_id"}


@pytest.mark.parametrize("name", [one.name for one in fields(ShopRow)])
def test_a_row_that_differs_in_what_it_says_is_imported_again(name: str) -> None:
    changed = replace(ROW, **{name: other(getattr(ROW, name))})
    assert (changed.digest == ROW.digest) is (name in NOT_CONTENT)


def test_a_row_without_a_key_is_known_by_its_name_and_place() -> None:
    names = [one.name for one in fields(ShopRow)]
    changed = {name: replace(ROW, **{name: other(getattr(ROW, name))}).key for name in names}
    assert {name for name, key in changed.items() if key != ROW.key} == {"name", "lat_e7", "lon_e7"}


def test_one_shop_in_five_is_drawn_and_others_with_another_key() -> None:
    shops = [UUID(int=number) for number in range(2000)]
    drawn, again, others = (
        {shop for shop in shops if is_drawn(shop, key=key)} for key in (b"a", b"a", b"b")
    )
    assert drawn == again != others
    assert 340 < len(drawn) < 460
