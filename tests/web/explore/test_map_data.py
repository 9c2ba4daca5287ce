"""Map data: the cells of the page, bytes that never change, no question to the database."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from shapely import Point
from shapely.geometry import shape

from tests.factories import add_count
from tracker.accounts.models import User
from tracker.accounts.permissions import PERMISSIONS, Action
from tracker.months import month_of
from tracker.publication.cache.map_store import keep, packed, place_of
from tracker.web.explore.map_data import ADDRESS

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
PAGE = "/explore?level=grid250"
LINK = re.compile(r'data-squares="([^"]+)"')
ROW = re.compile(r'data-code="(\d+)"><th scope="row">\d+</th>((?:<td>[^<]*</td>)+)')
GONE = "no longer available"
TIERS = {"reliable": "reliable", "wide": "wide", "too_few": "not enough data"}  # as pages say them


def count(area: int, observed: int, yes: int) -> None:
    add_count(
        level="grid250", area=area, segment="all", measure="alipay", month=NOW,
        observed=observed, yes=yes,
    )  # fmt: skip


@pytest.fixture
def town() -> None:
    count(5339460111, 212, 89)
    count(5339460112, 30, 3)
    count(5339460113, 7, 5)


def page_of(client: Client, path: str = PAGE) -> str:
    return client.get(path, headers={"accept-language": "en"}).content.decode()


def address_in(page: str) -> str:
    found = LINK.search(page)
    assert found
    return found[1]


def content(answer: HttpResponseBase) -> bytes:
    return b"".join(answer)


def figures(client: Client, address: str) -> dict[str, dict[str, object]]:
    found = json.loads(content(client.get(address)))
    rows = [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]
    return {row["geo_code"]: row for row in rows}


def test_the_page_and_its_map_data_say_the_same_of_every_square(client: Client, town: None) -> None:
    page = page_of(client)
    found = figures(client, address_in(page))
    table = {code: re.findall("<td>([^<]*)</td>", cells) for code, cells in ROW.findall(page)}
    assert len(table) == 3
    assert table == {
        code: [
            "–" if row["percent"] is None else f"{row['percent']}%",
            "–" if row["percent"] is None else f"{row['percent_low']}%–{row['percent_high']}%",
            f"{row['n_observed']:,}",
            TIERS[str(row["reliability"])],
        ]
        for code, row in found.items()
    }
    assert found["5339460113"]["n_yes"] is None


def test_a_new_figure_is_a_new_address_and_the_old_one_stays_as_it_was(
    client: Client, town: None
) -> None:
    before = address_in(page_of(client))
    assert address_in(page_of(client)) == before
    kept = content(client.get(before))
    count(5339460112, 10, 10)
    after = address_in(page_of(client))
    assert after != before
    assert figures(client, after)["5339460112"]["n_observed"] == 40
    assert content(client.get(before)) == kept


def test_neither_the_bytes_nor_their_absence_of_news_ask_the_database_whoever_comes(
    client: Client, town: None, aki: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = address_in(page_of(client))
    client.force_login(aki)
    assert "sessionid" in client.cookies
    tag = f'"{address[5:-5]}"'
    with django_assert_num_queries(0):
        whole = client.get(address)
        same = client.get(address, headers={"if-none-match": tag})
        weak = client.get(address, headers={"if-none-match": f'"other", W/{tag}'})
        other = client.get(address, headers={"if-none-match": '"other"'})
        head = client.head(address)
    assert [one.status_code for one in (whole, same, weak, other, head)] == [
        *(200, 304, 304, 200, 200)
    ]
    assert content(same) == content(head) == b""
    for answer in (whole, same):
        assert answer["ETag"] == tag
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers
    assert whole["Content-Type"] == "application/json"
    assert hashlib.sha256(content(whole)).hexdigest() == tag.strip('"')


def test_the_bytes_come_packed_where_they_may(client: Client, town: None) -> None:
    address = address_in(page_of(client))
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    data = content(answer)
    assert int(answer["Content-Length"]) == len(data)
    assert gzip.decompress(data) == content(client.get(address))


def test_what_was_dropped_is_told_in_a_sentence_and_made_again(client: Client, town: None) -> None:
    address = address_in(page_of(client))
    place = place_of(address[5:-5])
    assert place is not None
    path = Path(place)
    assert client.get(address).status_code == 200
    path.unlink()
    packed(path).unlink()
    gone = client.get(address, headers={"accept-language": "en"})
    assert gone.status_code == 404
    assert GONE in gone.content.decode()
    assert address_in(page_of(client)) == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "0" * 64, "0" * 63, "0" * 65, "A" * 64, "z" * 64, "..", "%2e%2e%2f" + "0" * 64,
        "0" * 64 + "%0a", "0" * 64 + ".json", "0" * 32 + "%00" + "0" * 31, "",
    ],
)  # fmt: skip
def test_what_is_no_digest_of_ours_is_not_there(
    client: Client, settings: LazySettings, name: str
) -> None:
    keep(b"{}")
    (Path(settings.MAP_DATA_ROOT) / f"{'0' * 63}.json").write_text("{}")
    assert client.get(f"/map/{name}.json").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_map_data_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)(f"/map/{keep(b'{}')}.json").status_code == 405


def test_the_short_way_is_the_route_of_the_table() -> None:
    assert ADDRESS.fullmatch(reverse("map-data", args=["0" * 64]))


def test_the_short_way_is_closed_where_the_table_closes_the_route(
    client: Client, aki: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/map/{keep(b'{}')}.json"
    monkeypatch.setitem(PERMISSIONS, Action.READ_PUBLISHED, {})
    assert client.get(address).status_code == 302
    client.force_login(aki)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/explore", "/explore?view=ranking", f"{PAGE}&city=kyoto", f"{PAGE}&as_of=2026-01-01"],
)
def test_there_are_map_data_only_for_squares_as_of_now(
    client: Client, town: None, settings: LazySettings, path: str
) -> None:
    page = page_of(client, path)
    assert "<h1>" in page
    assert LINK.search(page) is None
    assert not Path(settings.MAP_DATA_ROOT).exists()


def test_a_full_disk_takes_nothing_from_the_page(
    client: Client, town: None, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAP_DATA_ROOT = Path("/dev/null/map_data")
    page = page_of(client)
    assert "42%" in page
    assert LINK.search(page) is None
    assert "map data could not be kept" in caplog.text


def test_the_source_of_tiles_stands_on_the_page_where_tiles_are_used(
    client: Client, town: None, settings: LazySettings
) -> None:
    assert "GSI Tiles" not in page_of(client)
    settings.BASEMAP_TILES = "https://tiles.example/{z}/{x}/{y}.png"
    page = page_of(client)
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in page
    assert "GSI Tiles (pale map), Geospatial Information Authority of Japan" in page


def test_a_page_without_the_library_offers_no_map(
    client: Client, town: None, settings: LazySettings
) -> None:
    settings.MAPLIBRE = ""
    page = page_of(client)
    assert "42%" in page
    assert "live-button" not in page


def test_the_wards_under_the_squares_have_a_name_in_every_language(
    client: Client, town: None
) -> None:
    found = re.search(r'data-ground="([^"]+)"', page_of(client))
    assert found
    wards = json.loads(content(client.get(found[1])))["features"]
    assert len(wards) == 23
    for ward in wards:
        said = ward["properties"]
        assert all(said[name] for name in ("name_ja", "name_en", "name_zh"))
        outline = shape(ward["geometry"])
        assert outline.contains(Point(said["label"]))
