"""`import_areas` and `locate`."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import GINZA, make_shop
from tests.shared import shared_data
from tracker.outbox.models import OutboxMessage
from tracker.places.boundaries import current_boundaries
from tracker.places.kinds import WardSource
from tracker.places.models import Area, Shop
from tracker.places.outlines import outline_credit, outlines_of

pytestmark = pytest.mark.django_db


def test_real_boundaries_are_kept_and_the_shops_follow() -> None:
    shop = make_shop(ward=None)
    Shop.objects.filter(pk=shop.pk).update(city_id="13100")
    out = io.StringIO()
    call_command("import_areas", str(shared_data("areas_wards58.geojson")), stdout=out)
    assert "wards 58" in out.getvalue()
    assert Area.objects.exclude(boundary=None).count() == 58
    shop.refresh_from_db()
    assert (shop.ward_id, shop.ward_source) == ("13102", WardSource.BOUNDARY)
    assert OutboxMessage.objects.get().about == str(shop.pk)


def test_other_municipalities_are_ignored() -> None:
    out = io.StringIO()
    path = shared_data("areas_municipalities_13_26_27.geojson")
    call_command("import_areas", str(path), stdout=out)
    assert out.getvalue() == "wards 58, other municipalities ignored 112, shops located anew 0\n"


Corners = tuple[float, float, float, float]
CHUO: Corners = (139.76, 35.66, 139.79, 35.69)  # west, south, east, north


def imported(tmp_path: Path, box: Corners, code: str = "13102") -> None:
    west, south, east, north = box
    notify = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "type": "Feature",
        "properties": {"N03_007": code},
        "geometry": {"type": "Polygon", "coordinates": [notify]},
    }
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    call_command("import_areas", str(path), stdout=io.StringIO())


def test_boundaries_imported_again_on_the_same_day_replace_the_first(tmp_path: Path) -> None:
    imported(tmp_path, CHUO)
    assert current_boundaries().ward_at(*GINZA) == "13102"
    imported(tmp_path, (139.775, 35.675, 139.79, 35.69))  # Ginza is no longer inside
    assert current_boundaries().ward_at(*GINZA) == ""


def test_outlines_that_were_not_imported_stay_labelled_as_approximate(tmp_path: Path) -> None:
    assert outline_credit().startswith("Approximate outlines")
    imported(tmp_path, CHUO)
    assert "Other outlines are approximate" in outline_credit()
    call_command("import_areas", str(shared_data("areas_wards58.geojson")), stdout=io.StringIO())
    assert "approximate" not in outline_credit()


@pytest.mark.parametrize(
    ("box", "code"),
    [
        ((35.66, 139.76, 35.69, 139.79), "13102"),  # latitude before longitude
        ((15_558_000.0, 4_256_000.0, 15_561_000.0, 4_260_000.0), "13102"),  # metres
        (CHUO, "27128"),  # the other 中央区
    ],
)
def test_a_boundary_that_lies_elsewhere_is_refused(tmp_path: Path, box: Corners, code: str) -> None:
    with pytest.raises(CommandError, match="is not where that ward is"):
        imported(tmp_path, box, code)
    assert Area.objects.exclude(boundary=None).count() == 0


def test_a_credit_too_long_to_be_kept_is_refused() -> None:
    path = shared_data("areas_wards58.geojson")
    with pytest.raises(CommandError, match="longer than 170 characters"):
        call_command("import_areas", str(path), "--source", "x" * 171)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": []}',
        '{"features": [{"properties": {"code": "13102"}, "geometry": {"type": "Point"}}]}',
        '{"features": [{"properties": ["13102"], "geometry": null}]}',
        '{"features": ["13102"]}',
    ],
)
def test_a_file_without_boundaries_changes_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(text)
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_areas", str(path))
    assert Area.objects.exclude(boundary=None).count() == 0


@pytest.mark.parametrize(("city", "number"), [("13100", 23), ("27100", 24), ("26100", 11)])
def test_every_ward_has_an_outline_without_an_import(city: str, number: int) -> None:
    outlines = outlines_of(city)
    assert len(outlines) == number
    assert [code for code, rings in outlines.items() if not rings] == []


def test_locate_answers_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "lat,lon,address\n35.7,139.725,\n34.985,135.759,京都市下京区\n139.7,35.6,\nx,1,\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    out = io.StringIO()
    call_command("locate", stdout=out)
    rows = [line.split(",") for line in out.getvalue().splitlines()]
    assert rows[1][5:9] == ["53394548111", "13100", "13104", "point_table"]
    assert rows[2][6:9] == ["26100", "26106", "address"]
    assert rows[3][-1] == "latitude and longitude look swapped"
    assert rows[4][-1] == "latitude or longitude is not a number"


def test_locate_goes_on_after_a_line_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b"\xef\xbb\xbflat,lon,address\n35.7,139.725,\x93\x8c\x8b\x9e\n"
    raw += b"35.7,139.725," + b"x" * 1_100_000 + b"\n35.7\n35.7,139.725,\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out = io.StringIO()
    call_command("locate", stdout=out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["error"] for row in rows] == [
        "the address is not UTF-8 and was not used",
        "the line cannot be read: field larger than field limit (1000000)",
        "latitude or longitude is not a number",
        "",
    ]
    assert [row["ward_code"] for row in rows] == ["13104", "", "", "13104"]


def test_locate_needs_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a,b\n1,2\n"))
    with pytest.raises(CommandError, match="lat,lon"):
        call_command("locate")


def test_verify_speaks_json_and_exits_with_one_where_something_differs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("verify", "--json")
    assert json.loads(capsys.readouterr().out) == {"differences": [], "waiting": 0, "set_aside": 0}


def test_locate_keeps_every_decimal_on_the_edge_of_a_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = "lat,lon\n35.7,139.725\n35.69999999999,139.725\n35.7,139.72499999999\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    out = io.StringIO()
    call_command("locate", stdout=out)
    squares = [line.split(",")[5] for line in out.getvalue().splitlines()[1:]]
    assert squares == ["53394548111", "53394538333", "53394547222"]
