"""`import_areas` and `locate`."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_shop
from tests.shared import shared_data
from tracker.outbox.models import OutboxMessage
from tracker.places.models import Area, Shop
from tracker.places.outlines import outlines_of
from tracker.vocabulary import WardSource

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
    assert "wards 58" in out.getvalue() or "wards 23" in out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": []}',
        '{"features": [{"properties": {"code": "13102"}, "geometry": {"type": "Point"}}]}',
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


def test_locate_needs_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a,b\n1,2\n"))
    with pytest.raises(CommandError, match="lat,lon"):
        call_command("locate")


def test_verify_speaks_json_and_exits_with_one_where_something_differs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("verify", "--json")
    assert json.loads(capsys.readouterr().out) == {"differences": [], "waiting": 0, "set_aside": 0}
