"""A file of the atlas that is wrong is refused, in a sentence that names it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.places.atlas.cities import FOLDER
from tracker.places.atlas.facts import AtlasBroken, read_atlas

Page = dict[str, Any]


def changed(folder: Path, change: Callable[[Page], object], city: str = "kyoto") -> None:
    """Copy the atlas, one file of it changed."""
    for path in FOLDER.glob("*.json"):
        (folder / path.name).write_bytes(path.read_bytes())
    page = json.loads((folder / f"{city}.json").read_text(encoding="utf-8"))
    change(page)
    (folder / f"{city}.json").write_text(json.dumps(page), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda page: page.pop("slug"), r"kyoto.json: its keys must be code, slug, "),
        (lambda page: page.update(codes="26100"), "kyoto.json: its keys must be"),
        (lambda page: page.update(code=26100), "the code of code must be five digits in quotes"),
        (lambda page: page.update(code="27101"), "must begin with the two digits of its pref"),
        (lambda page: page.update(slug="kioto"), "the file must be named after it"),
        (lambda page: page.update(order=-1), "order must be a whole number"),
        (lambda page: page.update(names={"ja": "京都市"}), "names must have a name in en"),
        (lambda page: page.update(names={"ja": "京" * 41, "en": "K"}), "at most 40 characters"),
        (lambda page: page.update(prefecture={"code": "26"}), "prefecture must have code and name"),
        (lambda page: page.update(in_addresses=None), "in_addresses must be a text"),
        (lambda page: page.update(squares_of_prefectures=["27"]), "city's own prefecture"),
        (lambda page: page.update(wards={}), "wards must be names by code"),
        (lambda page: page["wards"].update({"261": {}}), "the code of a ward must be five digits"),
        (lambda page: page["wards"].update({"26112": {}}), "ward 26112 must have a name in ja"),
        (
            lambda page: page["wards"].update({"27102": {"ja": "x", "en": "x"}}),
            "osaka.json: the code 27102 is that of kyoto.json",
        ),
        (lambda page: page["demonstration"].update(busy_wards=["26999"]), "busy_wards names 26999"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, change: Callable[[Page], object], sentence: str
) -> None:
    changed(tmp_path, change)
    with pytest.raises(AtlasBroken, match=sentence):
        read_atlas(tmp_path)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "kyoto.json").read_text(encoding="utf-8")
    (tmp_path / "kyoto.json").write_text(text.replace('"26102":', '"26101":'), encoding="utf-8")
    with pytest.raises(AtlasBroken, match=r"kyoto.json: a key stands twice among 26101"):
        read_atlas(tmp_path)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "kyoto.json").write_text("{", encoding="utf-8")
    with pytest.raises(AtlasBroken, match=r"kyoto.json: "):
        read_atlas(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasBroken, match="no file of a city"):
        read_atlas(tmp_path)


def test_a_language_more_is_kept(tmp_path: Path) -> None:
    changed(tmp_path, lambda page: page["names"].update(ko="교토시"))
    [kyoto] = [city for city in read_atlas(tmp_path) if city.slug == "kyoto"]
    assert kyoto.names["ko"] == "교토시"


def test_cities_stand_in_their_order(tmp_path: Path) -> None:
    changed(tmp_path, lambda page: page.update(order=0))
    assert [city.slug for city in read_atlas(tmp_path)] == ["kyoto", "tokyo", "osaka"]
