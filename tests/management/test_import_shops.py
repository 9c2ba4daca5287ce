"""Files of shops: good rows in, bad rows named, nothing twice, nothing half."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.shared import shared_data
from tracker.audit.models import AuditEvent
from tracker.outbox.models import OutboxMessage
from tracker.places.models import Shop, Source

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow(8)]
# created and set aside on the first run; duplicates and errors too
REAL = {
    "shops_osm2017_matsuya_payment_tags.geojson": (115, 221),
    "shops_osm2014_cafe_3prefs.geojson": (1265, 333),
    "shops_osm2014_hotel_3prefs.geojson": (313, 73),
    "shops_osm_konbini_tokyo23_JGD2000.csv": (3851, 2),
}


def run(path: Path, *words: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("import_shops", str(path), "--json", *words, stdout=out)
    report: dict[str, object] = json.loads(out.getvalue())
    return report


def written(folder: Path, text: str | bytes, name: str = "shops.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("name", REAL)
def test_real_files_go_in_once(name: str) -> None:
    path = shared_data(name)
    first = run(path)
    assert (first["created"], first["set_aside"]) == REAL[name]
    assert first["errors"] == []
    again = run(path)
    assert (again["created"], again["updated"]) == (0, 0)
    assert again["unchanged"] == first["created"]
    assert Source.objects.count() == Shop.objects.count() == first["created"]


CSV = "id,name,lat,lon,shop\na1,若葉薬局,35.6717,139.765,chemist\n"


def test_tags_become_a_segment(tmp_path: Path) -> None:
    run(written(tmp_path, CSV))
    shop = Shop.objects.get()
    assert (shop.name, shop.segment, shop.ward_id) == ("若葉薬局", "drugstore", "13102")


def test_a_changed_row_updates_its_shop_and_its_counts(tmp_path: Path) -> None:
    run(written(tmp_path, CSV))
    report = run(written(tmp_path, CSV.replace("若葉薬局", "青葉薬局")))
    assert (report["created"], report["updated"]) == (0, 1)
    assert Shop.objects.get().name == "青葉薬局"
    assert OutboxMessage.objects.get().handler == "refresh_shop"
    assert AuditEvent.objects.filter(kind="shops_imported").count() == 2


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    assert run(written(tmp_path, CSV), "--dry-run")["created"] == 1
    assert Shop.objects.count() == 0


def test_cp932_is_read_and_said(tmp_path: Path) -> None:
    report = run(written(tmp_path, CSV.encode("cp932")))
    assert Shop.objects.get().name == "若葉薬局"
    assert report["notes"] == ["The file is not UTF-8; it was read as cp932 (Shift_JIS)."]


def test_bad_rows_are_named_and_good_ones_go_in(tmp_path: Path) -> None:
    text = CSV + (
        "a2,swapped,139.765,35.6717,chemist\n"
        "a3,letters,here,there,chemist\n"
        "a4,short\n"
        "a5,Sapporo,43.06,141.35,chemist\n"
        "a6,London,51.5,0.0,chemist\n"
        f"a7,{'x' * 400},35.6717,139.765,chemist\n"
    )
    report = run(written(tmp_path, text))
    assert (report["created"], report["set_aside"]) == (1, 1)
    assert report["errors"] == [
        {"row": 2, "reason": "latitude and longitude look swapped"},
        {"row": 3, "reason": "latitude or longitude is not a number"},
        {"row": 4, "reason": "2 values where the header has 5"},
        {"row": 6, "reason": "the position is not in Japan"},
        {"row": 7, "reason": "a value is longer than 300 characters"},
    ]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.csv", "The file is empty"),
        (b"name,address\nx,y\n", "a.csv", "has no column lat, lon"),
        (b"\x89PNG\r\n\0\0\0", "a.csv", "is not a text file: line 2 contains a zero byte"),
        (b"lat,lon\n\xff\xfe\x81 a", "a.csv", "neither UTF-8 nor cp932: line 2"),
        (b'lat,"lon', "a.csv", "the line cannot be read"),
        (b'{"elements": [' + b"9" * 6000 + b"]}", "a.json", "not complete JSON"),
        (b'{"type": "FeatureCollection", "feat', "a.geojson", "not complete JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "a.geojson", "contains no shops"),
        (b'{"type": "Feature"}', "a.geojson", "not a GeoJSON FeatureCollection"),
        (b'{"elements": []}', "a.json", "contains no shops"),
        (b"[" * 100_000, "a.geojson", "not complete JSON"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    tmp_path: Path, data: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(written(tmp_path, data, name))
    assert Shop.objects.count() == 0
    assert AuditEvent.objects.count() == 0


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "none.csv")


def test_a_cell_without_end_costs_its_own_row_only(tmp_path: Path) -> None:
    lines = f"a2,{'x' * 1_100_000},35.67,139.76,gift\na3,青葉,35.67,139.76,gift\n"
    report = run(written(tmp_path, CSV + lines))
    assert report["created"] == 2
    assert report["errors"] == [
        {"row": 2, "reason": "the line cannot be read: field larger than field limit (1000000)"}
    ]


def test_a_quotation_mark_never_closed_is_said(tmp_path: Path) -> None:
    report = run(written(tmp_path, CSV + 'a2,青葉,35.67,139.76,"gift\na3,茶,35.67,139.76,tea\n'))
    assert report["created"] == 1
    assert report["errors"] == [
        {"row": 2, "reason": "the line cannot be read: unexpected end of data"}
    ]


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_columns_may_be_parted_by_other_marks(tmp_path: Path, mark: str) -> None:
    assert run(written(tmp_path, CSV.replace(",", mark)))["created"] == 1


def test_wide_digits_and_japanese_headings_are_read(tmp_path: Path) -> None:
    run(written(tmp_path, "緯度,経度,店名\n３５．６７１７,１３９．７６５,若葉\n"))
    shop = Shop.objects.get()
    assert (shop.lat_e7, shop.lon_e7, shop.name) == (356_717_000, 1_397_650_000, "若葉")


def test_an_id_that_the_database_cannot_hold_is_a_bad_row(tmp_path: Path) -> None:
    report = run(written(tmp_path, CSV.replace("a1", "a" * 101)))
    assert report["errors"] == [{"row": 1, "reason": "a value is longer than 100 characters"}]


def test_a_dataset_name_that_the_database_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="name of the dataset is longer than 100 characters"):
        run(written(tmp_path, CSV), "--dataset", "d" * 101)
    assert Shop.objects.count() == 0


def test_overpass_elements_of_another_shape_are_bad_rows(tmp_path: Path) -> None:
    place = {"type": "node", "id": 1, "lat": 34.6873, "lon": 135.5262}
    elements = [{**place, "tags": ["a"]}, {**place, "center": "lat lon"}, 7, place]
    report = run(written(tmp_path, json.dumps({"elements": elements}), "answer.json"))
    assert report["created"] == 1
    reason = "not an OSM node, way or relation"
    assert report["errors"] == [{"row": row, "reason": reason} for row in (1, 2, 3)]


def test_overpass_answers_go_in_by_their_osm_id(tmp_path: Path) -> None:
    place = {"lat": 34.6873, "lon": 135.5262}
    document = {
        "elements": [
            {"type": "node", "id": 1, **place, "tags": {"name": "a", "amenity": "cafe"}},
            {"type": "way", "id": 2, "center": place, "tags": {"name": "zzz", "tourism": "hotel"}},
            {"type": "way", "id": 3, "tags": {"name": "no centre"}},
        ]
    }
    report = run(written(tmp_path, json.dumps(document), "answer.json"))
    assert report["created"] == 2
    assert report["errors"] == [{"row": 3, "reason": "no position: ask Overpass for “out center”"}]
    assert set(Source.objects.values_list("dataset", "external_id")) == {
        ("osm", "node/1"),
        ("osm", "way/2"),
    }
    assert set(Shop.objects.values_list("segment", flat=True)) == {"cafe", "hotel"}


def test_one_shop_twice_in_a_file_is_one_shop_and_a_duplicate_is_reported(tmp_path: Path) -> None:
    text = CSV + "a1,若葉薬局,35.6717,139.765,chemist\na2,ﾜｶﾊﾞ薬局,35.6717,139.7651,\n"
    text += "a3,若葉薬局店,35.6717,139.7651,chemist\n"
    report = run(written(tmp_path, text))
    assert report["created"] == 3
    assert report["duplicates"] == [
        "row 2: the same shop as row 1",
        "row 4: “若葉薬局店” looks like row 1",
    ]


def test_rows_without_tags_are_filed_as_told(tmp_path: Path) -> None:
    text = "name,lat,lon\nホテル若葉,35.6717,139.765\n"
    report = run(written(tmp_path, text), "--segment", "hotel")
    assert Shop.objects.get().segment == "hotel"
    assert "1 rows name no kind of shop" in str(report["notes"])
