"""The same figure on the page, in the drawing, in the file and in the answer of the API."""

import csv
import io
import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_count
from tracker.adoption.queries import Count
from tracker.months import month_of, month_text
from tracker.places.kinds import AreaLevel
from tracker.places.models import Area
from tracker.publication.figures.cells import Cell
from tracker.publication.files.columns import COLUMNS, OBS_STATUS, row_of
from tracker.publication.files.csv_file import FORMULA_SIGNS, harmless
from tracker.publication.files.table import TableQuestion
from tracker.survey.measures import Measure

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
# observed and yes of some wards: reliable, wide, too few
WARDS = {13101: (200, 100), 13102: (40, 10), 13103: (7, 7)}


@pytest.fixture(autouse=True)
def counted() -> None:
    rows = [("ward", area, numbers) for area, numbers in WARDS.items()]
    rows += [("city", 13100, (247, 117)), ("grid1000", 53394601, (30, 3))]
    for level, area, (observed, yes) in rows:
        add_count(
            level=level,
            area=area,
            segment="all",
            measure="alipay",
            month=NOW - 2,
            observed=observed,
            yes=yes,
        )


def rows_of(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    answer = client.get(f"/data/adoption.csv{query}")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return {row["geo_code"]: row for row in csv.DictReader(io.StringIO(text))}


def test_a_reliable_figure_is_complete(client: Client) -> None:
    row = rows_of(client)["13101"]
    assert row["period"] == month_text(NOW)
    assert (row["n_observed"], row["n_yes"], row["estimate"]) == ("200", "100", "0.5")
    assert (row["ci_low"], row["ci_high"]) == ("0.4314", "0.5686")
    assert (row["reliability"], row["obs_status"]) == ("reliable", "A")


def test_too_few_and_not_surveyed_are_empty_and_never_zero(client: Client) -> None:
    rows = rows_of(client)
    for code, observed, status in (("13103", "7", "Q"), ("13104", "0", "O")):
        row = rows[code]
        empty = [row[name] for name in ("n_yes", "estimate", "ci_low", "ci_high")]
        assert (row["n_observed"], row["obs_status"], empty) == (observed, status, [""] * 4)


def test_every_ward_has_its_row_and_only_the_wards_of_the_city(client: Client) -> None:
    codes = set(Area.objects.filter(city_id="13100").values_list("code", flat=True))
    assert set(rows_of(client)) == codes
    assert len(rows_of(client, "?city=kyoto")) == 11


def test_squares_belong_to_their_city(client: Client) -> None:
    assert set(rows_of(client, "?level=grid1000")) == {"53394601"}
    assert rows_of(client, "?level=grid1000&city=osaka") == {}


def test_page_drawing_file_and_api_say_the_same(client: Client) -> None:
    page = client.get("/map", headers={"accept-language": "en"}).content.decode()
    drawing = client.get("/map.svg").content.decode()
    api = json.loads(client.get("/api/v1/adoption/").content)["results"]
    file = rows_of(client)
    sentence = "Chuo Ward: 25%, between 14% and 40%, 40 shops"
    assert sentence in page
    assert sentence in drawing
    assert "14%–40%" in page
    for row in api:
        texts = {key: "" if value is None else str(value) for key, value in row.items()}
        assert file[row["geo_code"]] == texts


def test_a_hidden_value_is_nowhere_on_the_page(client: Client) -> None:
    page = client.get("/map").content.decode()
    assert "not enough data (n = 7)" in page
    assert "100%</td>" not in page


def test_an_earlier_month_has_its_own_figures(client: Client) -> None:
    add_count(
        level="ward",
        area=13101,
        segment="all",
        measure="alipay",
        month=NOW - 1,
        observed=50,
        yes=0,
    )
    assert rows_of(client)["13101"]["n_observed"] == "250"
    query = f"?month={month_text(NOW - 2)}"
    assert rows_of(client, query)["13101"]["n_observed"] == "200"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?city=nagoya", "Allowed: tokyo, osaka, kyoto"),
        ("?measure=paypay", "Allowed: alipay, wechat_pay, chinese_staff, either_wallet"),
        ("?level=street", "Allowed: ward, grid1000, grid500, grid250"),
        ("?segment=bank", "Allowed: all, drugstore"),
        ("?month=2199-01", "Allowed:"),
        ("?month=soon", "Allowed:"),
        ("?colour=red", "Allowed: city, measure, level, month, segment"),
    ],
)
@pytest.mark.parametrize("path", ["/map", "/map.svg", "/map.png", "/data/adoption.csv"])
def test_an_unknown_filter_is_refused_with_the_allowed_ones(
    client: Client, path: str, query: str, sentence: str
) -> None:
    answer = client.get(f"{path}{query}")
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_the_api_refuses_with_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/adoption/?city=nagoya")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["field"] == "city"


def test_the_api_lists_the_areas(client: Client) -> None:
    results = json.loads(client.get("/api/v1/areas/").content)["results"]
    assert len(results) == 61
    assert set(json.loads(client.get("/api/v1/").content)) >= {"adoption", "areas"}


def test_the_file_for_excel_has_a_mark_and_its_line_ends(client: Client) -> None:
    answer = client.get("/data/adoption.csv?for=excel")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 24


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_would_run_as_a_formula_is_made_harmless(sign: str) -> None:
    assert harmless(f"{sign}cmd") == f"'{sign}cmd"
    assert harmless("若葉薬局") == "若葉薬局"
    assert harmless(-0.5) == -0.5


def test_every_column_has_a_note_and_every_tier_a_letter() -> None:
    assert [column.name for column in COLUMNS if not column.note] == []
    assert sorted(OBS_STATUS.values()) == ["A", "O", "Q", "U"]


def test_the_headline_says_share_interval_and_n_in_one_breath(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "47%, between 41% and 54%, 247 shops" in page
    assert "No shop has been observed here yet." in page  # Osaka and Kyoto


@pytest.mark.parametrize(
    ("level", "code", "text"),
    [
        (AreaLevel.WARD, 1101, "01101"),  # Chuo of Sapporo
        (AreaLevel.CITY, 13100, "13100"),
        (AreaLevel.GRID1000, 53394601, "53394601"),
    ],
)
def test_a_code_keeps_the_nought_it_begins_with(level: AreaLevel, code: int, text: str) -> None:
    cell = Cell(level, code, "", "", "", Count(40, 10))
    asked = TableQuestion(NOW, "all", Measure["ALIPAY"], "2026q3-1")
    assert row_of(asked, cell)["geo_code"] == cell.name("en") == text
