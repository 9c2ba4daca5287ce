"""The first page: two small maps beside each other, their table, and the way to the large ones."""

import gzip
from html import unescape

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import NOON, add_count
from tests.publication.equality.pages import Reading, in_drawing
from tests.publication.equality.world import figure_of, shown
from tracker.adoption.changes import CountCell
from tracker.adoption.models import AdoptionCount, CountSnapshot
from tracker.adoption.rows import Counts, row_of
from tracker.adoption.states import SnapshotState
from tracker.months import month_of, month_text
from tracker.places.models import Area
from tracker.survey.specs import MEASURES

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
WARDS = {27102: (400, 100), 27103: (40, 10), 27104: (7, 7)}  # reliable, wide, too few
MOST = 100_000  # bytes of a page on the way


def count_osaka() -> None:
    for area, (observed, yes) in WARDS.items():
        for measure, number in (("alipay", yes), ("wechat_pay", observed - yes)):
            add_count(
                level="ward", area=area, segment="all", measure=measure, month=NOW,
                observed=observed, yes=number,
            )  # fmt: skip
    for measure, yes in (("alipay", 117), ("wechat_pay", 330), ("either_wallet", 347)):
        add_count(
            level="city", area=27100, segment="all", measure=measure, month=NOW,
            observed=447, yes=yes,
        )  # fmt: skip


def body(client: Client, language: str = "en") -> str:
    return client.get("/", headers={"accept-language": language}).content.decode()


def maps_in(page: str) -> list[str]:
    """The drawings of the two maps."""
    return [piece.split("</svg>")[0] for piece in page.split("<svg ") if 'class="panel"' in piece]


def test_both_wallets_are_drawn_for_the_city_that_was_observed_most(client: Client) -> None:
    count_osaka()
    page = body(client)
    drawings = [Reading(drawing) for drawing in maps_in(page)]
    assert len(drawings) == 2
    for drawing, is_other in zip(drawings, (False, True), strict=True):
        for code, (observed, yes) in WARDS.items():
            seen = in_drawing(drawing.titles[str(code)], drawing.signs[str(code)])
            assert seen == shown(figure_of(observed, observed - yes if is_other else yes))
        assert len(drawing.titles) == 24


def test_the_maps_say_city_and_month_and_the_whole_with_interval_and_n(client: Client) -> None:
    count_osaka()
    page = body(client)
    assert f"<h2>Osaka City, end of {timezone.localtime():%B %Y}</h2>" in page
    assert "The whole city: 26%, between 22% and 30%, 447 shops." in page
    assert "The whole city: 74%, between 70% and 78%, 447 shops." in page


def test_the_title_of_a_map_leads_to_the_large_one(client: Client) -> None:
    count_osaka()
    page = unescape(body(client))
    for measure, name in (("alipay", "Alipay"), ("wechat_pay", "WeChat Pay")):
        query = f"city=osaka&measure={measure}&level=ward&month={month_text(NOW)}&segment=all"
        address = f"/explore?view=map&{query}"
        assert f'<h3><a href="{address}">{name} in Osaka City</a></h3>' in page
        assert client.get(address).status_code == 200


def test_the_table_says_what_both_maps_show(client: Client) -> None:
    count_osaka()
    rows = Reading(body(client)).rows
    assert len(rows) == 24
    assert rows["27102"] == ["25%", "21%–29%", "400", "75%", "71%–79%", "400"]
    assert rows["27104"] == ["–", "–", "7", "–", "–", "7"]


def test_an_empty_site_has_no_maps(client: Client) -> None:
    page = body(client)
    assert maps_in(page) == []
    assert page.count("No shop has been observed here yet.") == 3


@pytest.mark.parametrize(
    ("language", "city", "tier"),
    [
        ("ja", "大阪市", "標本不足"),
        ("zh-hans", "大阪市", "样本不足"),
        ("en", "Osaka City", "not enough data"),
    ],
)
def test_the_maps_speak_the_language_of_the_reader(
    client: Client, language: str, city: str, tier: str
) -> None:
    count_osaka()
    page = body(client, language)
    assert f"<h2>{city}" in page
    assert tier in page


def test_two_full_years_of_three_cities_are_a_light_page(client: Client) -> None:
    rng = np.random.default_rng(3)
    snapshot = CountSnapshot.objects.create(
        state=SnapshotState.CURRENT, begun_at=NOON, made_current_at=NOON
    )
    rows = []
    for area in Area.objects.all():
        observed = rng.integers(5000, 90_000, size=(len(MEASURES), 24))
        series = np.stack([observed, rng.integers(0, observed + 1)], axis=1).astype(np.int64)
        cell = CountCell("ward" if area.city_id else "city", "all", int(area.code))
        rows.append(row_of(snapshot.pk, cell, Counts(NOW - 23, series)))
    AdoptionCount.objects.bulk_create([row for row in rows if row is not None])
    page = body(client, "ja")
    assert page.count("<tr") > 3 * 4 * 24
    assert len(gzip.compress(page.encode())) < MOST
