"""The views of Explore and the pages of wards: a table for every figure, one address a state."""

import gzip

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import NOON, add_count, make_approved, make_shop
from tracker.accounts.models import User
from tracker.adoption.models import CountedShop, CountSnapshot
from tracker.adoption.packing import spans_to_bytes
from tracker.adoption.states import SnapshotState
from tracker.adoption.timeline import Span
from tracker.months import month_of, month_text
from tracker.places.kinds import Segment
from tracker.publication.figures.questions import View
from tracker.survey.answers import Answer
from tracker.survey.traits import Trait
from tracker.workflows import dispatch

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
MOST = 100_000  # bytes of a page on the way
WARD = "/areas/13102/"
VIEWS = [f"/explore?view={view.value}" for view in View]


def body(client: Client, path: str, language: str = "en") -> str:
    return client.get(path, headers={"accept-language": language}).content.decode()


def snapshot() -> CountSnapshot:
    found, _made = CountSnapshot.objects.get_or_create(
        state=SnapshotState.CURRENT, defaults={"begun_at": NOON, "made_current_at": NOON}
    )
    return found


def keep_shops(
    number: int, *, ward: int, before: bool, after: bool, square: int = 5339460111
) -> None:
    """Shops with one status for Alipay and WeChat Pay five months ago, and another one now."""
    spans = [Span(NOW - 6, NOW - 4, before), Span(NOW - 3, NOW, after)]
    other = [Span(NOW - 6, NOW, False)]
    numbers = {trait.value: trait.spec.bit for trait in Trait}
    data = spans_to_bytes({"alipay": spans, "wechat_pay": other, "chinese_staff": []}, numbers)
    first = CountedShop.objects.count() + 1
    CountedShop.objects.bulk_create(
        CountedShop(
            snapshot=snapshot(), shop_id=first + more, segment=Segment.HOTEL.value, city=13100,
            ward=ward, grid250=square, spans=data,
        )
        for more in range(number)
    )  # fmt: skip
    for level, area in (("city", 13100), ("ward", ward)):
        add_count(
            level=level, area=area, segment="all", measure="alipay", month=NOW - 3,
            observed=number, yes=number * after,
        )  # fmt: skip


@pytest.fixture
def town() -> None:
    """Two wards: in the one many took Alipay up, in the other there are few shops."""
    keep_shops(60, ward=13101, before=False, after=True)
    keep_shops(40, ward=13101, before=False, after=False)
    keep_shops(7, ward=13102, before=True, after=True)
    add_count(
        level="city", area=13100, segment="all", measure="chinese_staff", month=NOW - 6,
        observed=1, yes=1,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
@pytest.mark.parametrize("path", [*VIEWS, WARD])
def test_every_view_opens_in_every_language_with_its_tables(
    client: Client, town: None, path: str, language: str
) -> None:
    answer = client.get(path, headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<svg") > page.count('class="swatch"')
    assert "<caption" in page
    assert ' style="' not in page
    assert len(gzip.compress(answer.content)) < MOST


@pytest.mark.parametrize("path", VIEWS)
def test_an_empty_site_is_friendly_and_leads_on(client: Client, path: str) -> None:
    page = body(client, path)
    assert "Once visits are approved" in page
    assert 'href="/method"' in page


def test_an_empty_ward_opens_too(client: Client) -> None:
    page = body(client, WARD)
    assert "Alipay in Chuo Ward at the end of" in page
    assert "not surveyed" in page
    assert "No shop has a live status here." in page


@pytest.mark.parametrize("path", VIEWS)
def test_the_bar_keeps_the_view_and_what_is_chosen(client: Client, path: str) -> None:
    view = path.partition("=")[2]
    page = body(client, f"{path}&city=kyoto&segment=hotel")
    assert f'<input type="hidden" name="view" value="{view}">' in page
    for value in ("kyoto", "hotel", month_text(NOW)):
        assert f'<option value="{value}" selected>' in page
    assert page.count('aria-current="page"') == 1
    assert (
        f'<link rel="canonical" href="http://testserver/explore?view={view}&amp;city=kyoto' in page
    )


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/explore?view=globe", "Allowed: map, ranking, trend, compare, change"),
        ("/explore?view=trend&level=ward", "Allowed: view, city, measure, month, segment."),
        ("/explore?colour=red", "Allowed: view, city, measure, level, month, segment, as_of"),
        ("/explore?view=compare&with=alipay", "wechat_pay, chinese_staff, either_wallet"),
        ("/explore?view=map&view=trend", "Allowed: map"),
        (f"{WARD}?level=ward", "Allowed: grid500, grid1000, grid250"),
        (f"{WARD}?city=tokyo", "Allowed: measure, level, month, segment"),
    ],
)
def test_what_is_not_known_is_answered_400_with_what_is(
    client: Client, path: str, sentence: str
) -> None:
    answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_a_change_has_its_interval_and_its_transitions(client: Client, town: None) -> None:
    page = body(client, f"/explore?view=change&from={month_text(NOW - 5)}")
    assert "Of 100 shops with a no, 60 (60%, between 50% and 69%) now have a yes." in page
    chiyoda = page.split('id="transitions-title"')[1].split("Chiyoda Ward")[1]
    cells = [cell.split("</td>")[0] for cell in chiyoda.split("<td>")[1:7]]
    assert cells == ["0", "0", "60", "40", "0", "0"]


def test_too_few_shops_are_never_told_apart(client: Client, town: None) -> None:
    for path in (f"/explore?view=change&from={month_text(NOW - 5)}", "/explore?view=compare"):
        page = body(client, path)
        assert "Chuo Ward: not enough data (n = 7 and 7)" in page
    chuo = page.split('id="differences-title"')[1].split("Chuo Ward")[1].split("</tr>")[0]
    assert chuo.count("<td>–</td>") == 4


def test_a_comparison_has_two_maps_of_one_scale_and_the_one_asked_for_first(
    client: Client, town: None
) -> None:
    page = body(client, "/explore?view=compare")
    assert page.count('class="panel"') == 3
    assert page.index("<h3>Alipay</h3>") < page.index("<h3>WeChat Pay</h3>")
    assert "Difference: Alipay minus WeChat Pay" in page
    assert 'class="scatter"' in page


def test_a_row_leads_to_its_ward_and_the_ward_back(client: Client, town: None) -> None:
    query = f"measure=alipay&amp;month={month_text(NOW)}&amp;segment=all"
    assert f'href="/areas/13101/?{query}"' in body(client, "/explore?view=ranking")
    page = body(client, "/areas/13101/")
    assert 'href="/explore?view=ranking&amp;city=tokyo&amp;measure=alipay' in page
    assert 'href="/data/adoption.csv?city=tokyo&amp;measure=alipay&amp;level=ward' in page


def test_a_ward_says_its_figure_with_interval_and_n_and_how_to_cite_it(
    client: Client, town: None
) -> None:
    page = body(client, "/areas/13101/")
    assert "60%, between 50% and 69%, 100 shops" in page
    assert "http://testserver/areas/13101/?measure=alipay&amp;level=grid500&amp;month=" in page
    assert "No census is loaded" in page


def test_the_ages_of_a_ward_are_drawn_and_told(client: Client, aki: User, mori: User) -> None:
    now = timezone.now()
    for _shop in range(3):
        make_approved(make_shop(), aki, mori, at=now, alipay=Answer.YES)
    dispatch.sweep(at=now)
    page = body(client, WARD)
    assert "Half of the statuses are at most 0 months old; 100% are at most 3 months" in page
    assert '<th scope="row">0</th><td>3</td>' in page


def test_the_code_of_a_city_leads_to_its_ranking_and_no_other_code_anywhere(client: Client) -> None:
    assert client.get("/areas/27100/")["Location"] == "/explore?view=ranking&city=osaka"
    for code in ("13999", "13", "x", "53394601"):
        assert client.get(f"/areas/{code}/").status_code == 404


@pytest.mark.parametrize("path", [*VIEWS, WARD])
def test_the_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
