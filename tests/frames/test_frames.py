"""Census frames: read whole or not at all; what the census hides is never nought."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.factories import NOON, add_count
from tests.shared import shared_data
from tracker.adoption.strata import strata_of, weighted_city
from tracker.errors import ImportFailed
from tracker.frames.groups import GROUPS, group_of_jsic, group_of_segment
from tracker.frames.models import Frame, FrameCount
from tracker.frames.queries import establishments_by_ward, establishments_in
from tracker.frames.readers import BadRow, FrameRow, Unreadable, estat_rows, number_of, plain_rows
from tracker.months import month_index, month_of
from tracker.places.atlas.cities import City, wards_of
from tracker.places.kinds import AreaLevel, Segment
from tracker.survey.measures import Measure
from tracker.workflows.setup.frames import FrameFile, FrameReport, import_frame

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MARCH = month_index(2026, 3)
HEAD = "area,group,establishments\n"


def brought(path: Path, *, dry_run: bool = False, **more: object) -> FrameReport:
    file = FrameFile(path=path, vintage=date(2021, 6, 1), source="census", **more)  # type: ignore[arg-type]
    return import_frame(file=file, dry_run=dry_run, at=NOON)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "frame.csv"
    path.write_text(HEAD + '13101,hotel,"1,204"\n13102,hotel,x\n13100,hotel,5000\n14100,hotel,9\n')
    return path


@pytest.mark.parametrize(
    ("text", "number"), [("4,958", 4958), ("0", 0), ("x", None), ("***", None)]
)
def test_marks_are_missing_and_nought_is_nought(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["12.5", "1,23", "-4", "many"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        number_of(text)


def test_a_hidden_number_stays_hidden_and_a_city_is_not_added_to_its_wards(plain: Path) -> None:
    report = brought(plain)
    assert (report.kept, report.hidden, report.cities, report.elsewhere) == (2, 1, 1, 1)
    assert establishments_by_ward() == {("13101", "hotel"): 1204, ("13102", "hotel"): None}
    assert establishments_in(level=AreaLevel.WARD, segment=Segment.HOTEL) == {13101: 1204}


def test_a_group_of_two_segments_tells_nothing_of_one_of_them(tmp_path: Path) -> None:
    path = tmp_path / "eating.csv"
    path.write_text(HEAD + "13101,eating,90\n")
    brought(path)
    assert establishments_by_ward() == {("13101", "eating"): 90}
    assert establishments_in(level=AreaLevel.WARD, segment=Segment.CAFE) == {}


def test_the_same_file_again_changes_nothing(plain: Path) -> None:
    brought(plain)
    assert brought(plain).was_known is True
    assert Frame.objects.count() == 1


def test_a_dry_run_keeps_nothing(plain: Path) -> None:
    assert brought(plain, dry_run=True).kept == 2
    assert Frame.objects.count() == FrameCount.objects.count() == 0


def test_a_newer_vintage_is_the_one_used(plain: Path, tmp_path: Path) -> None:
    brought(plain)
    newer = tmp_path / "newer.csv"
    newer.write_text(HEAD + "13101,hotel,7\n")
    file = FrameFile(path=newer, vintage=date(2026, 6, 1), source="census")
    import_frame(file=file, dry_run=False, at=NOON)
    assert establishments_by_ward() == {("13101", "hotel"): 7}


def test_bad_rows_are_named_and_the_good_ones_kept(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        HEAD + "13101,hotel,many\n1310,hotel,1\n13101,bank,1\n13103,hotel,2\n13103,hotel,3\n"
    )
    report = brought(path)
    assert [line for line, _reason in report.errors] == [2, 3, 4, 6]
    assert report.kept == 1


@pytest.mark.parametrize(
    "text", ["", "area,group\n", HEAD, HEAD + "14100,hotel,1\n", "{}", '{"GET_STATS_DATA": 1}',
             HEAD + "13101,hotel,1\n533945071,hotel,1\n"],
)  # fmt: skip
def test_a_file_that_is_no_frame_is_refused_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "none.csv"
    path.write_text(text)
    with pytest.raises(ImportFailed):
        brought(path, group="hotel")
    assert Frame.objects.count() == 0


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gone\.csv cannot be opened"):
        call_command("import_frame", tmp_path / "gone.csv", vintage="2021-06-01", source="x")


def reply(values: object, note: object = None) -> str:
    data = {"VALUE": values, "NOTE": note}
    return json.dumps(
        {"GET_STATS_DATA": {"RESULT": {"STATUS": 0}, "STATISTICAL_DATA": {"DATA_INF": data}}}
    )


def test_a_reply_of_one_value_and_one_note_is_read() -> None:
    value = {"@cat01": "75", "@area": "13101", "$": "391"}
    rows = list(
        estat_rows(reply(value, {"@char": "Y", "$": "hidden"}), industry="cat01", only={}, group="")
    )
    assert rows == [FrameRow(1, "ward", "13101", "", "hotel", 391)]


def test_major_codes_of_a_group_are_added_and_finer_ones_are_parts_of_them() -> None:
    values = [
        {"@cat01": code, "@area": area, "$": number}
        for area, told in (("13101", "391"), ("13102", "x"))
        for code, number in (("76", "1,000"), ("767", "600"), ("77", told))
    ]
    values.append({"@cat01": "76", "@area": "13103", "$": "50"})  # 77 is not there at all
    rows = list(estat_rows(reply(values), industry="cat01", only={}, group=""))
    assert rows == [
        FrameRow(1, "ward", "13101", "", "eating", 1391),
        FrameRow(4, "ward", "13102", "", "eating", None),
        FrameRow(7, "ward", "13103", "", "eating", None),
    ]


@pytest.mark.parametrize("group", ["", "hotel"])
def test_a_number_told_twice_is_an_error_of_the_second(group: str) -> None:
    values = [{"@cat01": "75", "@area": "13101", "$": number} for number in ("5", "6")]
    rows = list(estat_rows(reply(values), industry="cat01", only={}, group=group))
    assert rows == [
        BadRow(2, f"13101 {group or '75'} was told before"),
        FrameRow(1, "ward", "13101", "", "hotel", 5),
    ]


def test_a_mark_the_reply_explains_is_missing() -> None:
    values = [
        {"@cat01": "75", "@area": "13101", "$": "Y"},
        {"@cat01": "99", "@area": "13101", "$": "1"},
    ]
    rows = list(estat_rows(reply(values, [{"@char": "Y"}]), industry="cat01", only={}, group=""))
    assert rows == [FrameRow(1, "ward", "13101", "", "hotel", None)]


def test_an_error_of_estat_is_told() -> None:
    text = json.dumps({"GET_STATS_DATA": {"RESULT": {"STATUS": 100, "ERROR_MSG": "no appId"}}})
    with pytest.raises(Unreadable, match="no appId"):
        list(estat_rows(text, industry="cat01", only={}, group="hotel"))


def test_a_real_reply_gives_the_wards_and_leaves_the_cities_out() -> None:
    path = shared_data("estat_api_response_0003433219_asis.json")
    report = brought(path, group="hotel", only={"cat01": "0"})
    assert (report.kept, report.cities, report.errors) == (58, 3, [])
    tokyo = [
        establishments_by_ward()[(ward.code, "hotel")] or 0 for ward in wards_of(City["TOKYO"])
    ]
    values = json.loads(path.read_text())["GET_STATS_DATA"]["STATISTICAL_DATA"]["DATA_INF"]["VALUE"]
    [city] = [v["$"] for v in values if (v["@area"], v["@cat01"]) == ("13100", "0")]
    assert sum(tokyo) == int(city)


def test_the_real_squares_add_up() -> None:
    path = shared_data("frame_mesh500_econcensus2021_58wards.csv")
    report = brought(path)
    with path.open() as file:
        rows = list(csv.DictReader(file))
    assert (report.kept, report.errors) == (len(rows) * (len(GROUPS) - 1), [])  # no electronics
    for column, group in (("hotel_est", "hotel"), ("apparel_est", "fashion")):
        mine = sum(
            number or 0 for (_w, of), number in establishments_by_ward().items() if of == group
        )
        assert mine == sum(int(row[column]) for row in rows)
    eating = sum(int(row["food_est"]) + int(row["takeout_est"]) for row in rows)
    assert eating == sum(
        n or 0 for (_w, of), n in establishments_by_ward().items() if of == "eating"
    )


def test_every_segment_has_one_group_at_most() -> None:
    for segment in Segment.values:
        assert sum(segment in group.segments for group in GROUPS.values()) <= 1
    assert group_of_segment(Segment.DRUGSTORE) is None
    assert [group_of_jsic(code) for code in ("76", "77", "767", "60", "59", "593")] == [
        "eating", "eating", None, None, None, "electronics",
    ]  # fmt: skip


def hotels(observed: int, yes: int) -> None:
    """So many hotels of Chiyoda, this month and in March."""
    for month in (MARCH, month_of(timezone.now())):
        for level, area, segment in (("ward", 13101, "hotel"), ("city", 13100, "all")):
            add_count(
                level=level, area=area, segment=segment, measure="alipay",
                month=month, observed=observed, yes=yes,
            )  # fmt: skip


def test_strata_put_the_observed_beside_the_frame(plain: Path) -> None:
    brought(plain)
    hotels(30, 12)
    found = strata_of(city=City["TOKYO"], measure=Measure["ALIPAY"], month=MARCH - 1)
    strata = {stratum[:2]: stratum[2:] for stratum in found}
    assert list(strata[("13101", "hotel")]) == [1204, 0, 0]
    found = strata_of(city=City["TOKYO"], measure=Measure["ALIPAY"], month=MARCH)
    strata = {stratum[:2]: stratum[2:] for stratum in found}
    assert list(strata[("13101", "hotel")]) == [1204, 30, 12]
    assert list(strata[("13102", "hotel")]) == [None, 0, 0]
    assert len(strata) == 23 * len(GROUPS)


def test_a_weighted_share_is_told_where_there_is_a_frame(plain: Path, client: Client) -> None:
    hotels(30, 12)
    assert "Weighted" not in client.get("/").content.decode()
    brought(plain)
    found = weighted_city(city=City["TOKYO"], measure=Measure["ALIPAY"], month=MARCH)
    assert found is not None
    assert found.represented == 1
    assert [round(part.share, 4) for part in [found.weighted] if part] == [0.4]
    page = client.get("/").content.decode()
    assert "Weighted by the census: " in page


def test_rows_of_the_plain_file_keep_their_line() -> None:
    assert list(plain_rows(HEAD + "1,hotel,1\n")) == [
        BadRow(2, "'1' is neither a ward nor a 500 m square")
    ]
