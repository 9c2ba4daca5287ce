"""The public pages: every state is an address, and every address is checked."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_count
from tracker.months import month_of, month_text
from tracker.survey.measures import Measure

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
FILES = ["/map.svg", "/map.png", "/data/adoption.csv"]


def count(area: int, observed: int, yes: int, *, level: str = "ward", months_ago: int = 2) -> None:
    add_count(
        level=level,
        area=area,
        segment="all",
        measure="alipay",
        month=NOW - months_ago,
        observed=observed,
        yes=yes,
    )
    if level == "ward":  # a shop of a ward is one of its city too
        count(13100, observed, yes, level="city", months_ago=months_ago)


def body(client: Client, path: str, language: str = "en") -> str:
    return client.get(path, headers={"accept-language": language}).content.decode()


def test_an_empty_site_says_so_on_every_page(client: Client) -> None:
    assert body(client, "/").count("No shop has been observed here yet.") == 3
    assert "not surveyed" in body(client, "/map")
    assert "No shop has been observed here yet." in body(client, "/map?level=grid250")


def test_the_headline_has_a_trend_and_its_duplicate_as_a_table(client: Client) -> None:
    count(13100, 400, 100, level="city")
    page = body(client, "/")
    assert page.count('class="trend') == len(Measure)
    assert page.count("<td>25%</td><td>21%–29%</td><td>400</td>") == 3  # three months


def test_the_steps_lead_to_the_months_beside(client: Client) -> None:
    count(13101, 50, 20)
    page = body(client, f"/map?city=tokyo&month={month_text(NOW - 1)}")
    query = "city=tokyo&amp;measure=alipay&amp;level=ward&amp;month={}&amp;segment=all"
    for rel, month in (("prev", NOW - 2), ("next", NOW)):
        address = f"/explore?view=map&amp;{query.format(month_text(month))}"
        assert f'rel="{rel}" href="{address}"' in page


def test_there_is_no_step_out_of_the_data(client: Client) -> None:
    count(13101, 50, 20)
    assert 'rel="next"' not in body(client, "/map")
    assert 'rel="prev"' not in body(client, f"/map?month={month_text(NOW - 2)}")


def test_the_form_shows_what_is_chosen(client: Client) -> None:
    page = body(client, "/map?city=kyoto&measure=wechat_pay&level=grid500&segment=hotel")
    for value in ("kyoto", "wechat_pay", "grid500", "hotel", month_text(NOW)):
        assert f'<option value="{value}" selected>' in page
    assert page.count(" selected>") == 5


def test_every_file_is_linked_with_the_whole_filter(client: Client) -> None:
    page = body(client, "/map?city=osaka&level=grid1000")
    query = (
        f"city=osaka&amp;measure=alipay&amp;level=grid1000&amp;month={month_text(NOW)}"
        "&amp;segment=all"
    )
    for path in FILES:
        assert f'href="{path}?{query}"' in page
    assert f'href="/explore?view=map&amp;{query}"' in page
    assert f'href="/data/adoption.csv?{query}&amp;for=excel"' in page


@pytest.mark.parametrize("path", ["/map", *FILES])
def test_a_key_given_twice_is_refused(client: Client, path: str) -> None:
    answer = client.get(f"{path}?city=tokyo&city=osaka")
    assert answer.status_code == 400
    assert "Allowed: tokyo, osaka, kyoto" in answer.content.decode()


def test_a_file_for_an_unknown_reader_is_refused(client: Client) -> None:
    answer = client.get("/data/adoption.csv?for=lotus")
    assert answer.status_code == 400
    assert "Allowed: programs, excel" in answer.content.decode()


def test_the_file_for_programs_may_be_asked_for_by_name(client: Client) -> None:
    texts = [
        b"".join(client.get(path).streaming_content)  # type: ignore[attr-defined]
        for path in ("/data/adoption.csv", "/data/adoption.csv?for=programs")
    ]
    assert texts[0] == texts[1]
    assert b"\r" not in texts[0]
    assert not texts[0].startswith(b"\xef\xbb\xbf")


def test_what_a_stranger_wrote_into_the_address_is_escaped(client: Client) -> None:
    page = body(client, "/map?city=%3Cscript%3E")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_named_after_its_filter_and_varies_with_the_language(
    client: Client, path: str
) -> None:
    answer = client.get(f"{path}?city=kyoto&level=grid250&segment=hotel")
    name = f"noren-kyoto-alipay-grid250-hotel-{month_text(NOW)}.{path[-3:]}"
    assert name in answer["Content-Disposition"]
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_a_picture_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    count(13101, 50, 20)
    first = client.get("/map.png")
    again = client.get("/map.png", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    count(13101, 9, 9, months_ago=1)
    changed = client.get("/map.png", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    ("language", "name"), [("ja", "千代田区"), ("zh-hans", "千代田区"), ("en", "Chiyoda Ward")]
)
def test_areas_are_named_in_the_language_of_the_reader(
    client: Client, language: str, name: str
) -> None:
    count(13101, 50, 20)
    assert f"<title>{name}" in body(client, "/map.svg", language)
    address = f"/areas/13101/?measure=alipay&amp;month={month_text(NOW)}&amp;segment=all"
    row = f'<th scope="row"><a href="{address}">{name}</a></th>'
    assert row in body(client, "/map", language)


def test_every_ward_of_the_drawing_has_a_title_and_the_drawing_a_name(client: Client) -> None:
    drawing = body(client, "/map.svg?city=osaka")
    assert drawing.count("<g data-code=") == drawing.count("</title><path") == 24
    assert 'role="img" aria-labelledby="map-title map-note"' in drawing


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_the_method_opens_in_every_language(client: Client, language: str) -> None:
    page = body(client, "/method", language)
    assert "<code>obs_status</code>" in page
    assert "Wilson" in page


@pytest.mark.parametrize("path", ["/", "/map", "/method", *FILES])
def test_public_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
