"""The charts of Explore as files: SVG and PNG say what the page says."""

import io
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories import add_count
from tracker.months import month_of, month_text
from tracker.publication.drawing.styles import COLOURS
from tracker.survey.measures import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.slow(8)]
NOW = month_of(timezone.now())
SVG = "{http://www.w3.org/2000/svg}"
VIEWS = ("ranking", "trend", "compare")
LANGUAGES = ("en", "ja", "zh-hans")


@pytest.fixture(autouse=True)
def store(settings: LazySettings, tmp_path: object) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def figures() -> None:
    """Three wards with a share each of two measures, and one with too few shops."""
    for measure in (Measure["ALIPAY"], Measure["WECHAT_PAY"]):
        for area, observed, yes in ((13101, 400, 100), (13102, 50, 40), (13103, 7, 7)):
            for level, code in (("ward", area), ("city", 13100)):
                add_count(
                    level=level,
                    area=code,
                    segment="all",
                    measure=measure.value,
                    month=NOW - 2,
                    observed=observed,
                    yes=yes,
                )


def drawn(client: Client, view: str, language: str = "en") -> ElementTree.Element:
    answer = client.get(f"/chart.svg?view={view}", headers={"accept-language": language})
    assert answer["Content-Type"] == "image/svg+xml"
    return ElementTree.fromstring(answer.content)  # noqa: S314  # our own drawing


def texts(root: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_chart_is_a_picture_with_title_and_address(
    client: Client, view: str, language: str
) -> None:
    page = client.get(f"/explore?view={view}", headers={"accept-language": language})
    root = drawn(client, view, language)
    title = page.context["page"].title
    assert texts(root)[0] == title
    assert "".join(texts(root)[-3:]).replace(" ", "").count(f"/explore?view={view}&") == 1
    answer = client.get(f"/chart.png?view={view}", headers={"accept-language": language})
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.format == "PNG"
    assert picture.width == 1600
    _x, _y, width, height = (float(part) for part in root.attrib["viewBox"].split())
    assert picture.size == (round(2 * width), round(2 * height))


@pytest.mark.usefixtures("figures")
def test_the_ranking_of_the_file_is_that_of_the_page(client: Client) -> None:
    page = client.get("/explore?view=ranking").content.decode()
    found = {
        group.attrib["data-code"]: group.findtext(f"{SVG}title") or ""
        for group in drawn(client, "ranking").iter(f"{SVG}g")
        if "data-code" in group.attrib
    }
    assert len(found) == 23
    for code, label in found.items():
        assert f'<g data-code="{code}"><title>{label}</title>' in page


@pytest.mark.usefixtures("figures")
def test_the_sign_of_a_measure_is_painted_in_its_colour(client: Client) -> None:
    for measure in (Measure["ALIPAY"], Measure["WECHAT_PAY"]):
        answer = client.get(f"/chart.png?view=trend&measure={measure.value}")
        picture = Image.open(io.BytesIO(answer.content)).convert("RGB")
        colours = picture.getcolors(picture.width * picture.height) or []
        wanted = COLOURS[measure.value][0]
        aim = tuple(int(wanted[place : place + 2], 16) for place in (1, 3, 5))
        near = sum(
            number
            for number, colour in colours
            if isinstance(colour, tuple)
            and all(abs(a - b) <= 6 for a, b in zip(colour, aim, strict=True))
        )
        assert near > 200


@pytest.mark.usefixtures("figures")
def test_an_empty_month_has_a_chart_too(client: Client) -> None:
    for view in VIEWS:
        assert client.get(f"/chart.png?view={view}&city=kyoto").status_code == 200


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize("query", ["", "?view=map", "?view=change", "?view=pie"])
def test_what_has_no_chart_is_refused_with_what_has(client: Client, kind: str, query: str) -> None:
    answer = client.get(f"/chart.{kind}{query}")
    assert answer.status_code == 400
    assert "ranking, trend, compare" in answer.content.decode()


@pytest.mark.usefixtures("figures")
def test_a_chart_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/chart.png?view=trend")
    again = client.get("/chart.png?view=trend", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/chart.png?view=trend",
        headers={"if-none-match": first["ETag"], "accept-language": "ja"},
    )
    assert other.status_code == 200


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_links_to_both_pictures_of_its_chart(client: Client, view: str) -> None:
    page = client.get(f"/explore?view={view}").content.decode()
    for kind in ("svg", "png"):
        assert f'href="/chart.{kind}?view={view}&amp;city=tokyo' in page


def test_a_file_is_named_after_what_it_shows(client: Client) -> None:
    answer = client.get("/chart.svg?view=ranking&city=osaka&segment=hotel")
    name = f"noren-ranking-osaka-alipay-hotel-{month_text(NOW)}.svg"
    assert name in answer["Content-Disposition"]
