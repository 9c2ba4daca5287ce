"""A map for paper: asked for once, drawn by the worker, then given like any other picture."""

import io
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories import add_count
from tracker.months import month_of, month_text
from tracker.outbox.models import OutboxMessage
from tracker.publication.cache import pictures
from tracker.publication.drawing.scene import Scene
from tracker.workflows import dispatch
from tracker.workflows.publishing import maps

pytestmark = [pytest.mark.django_db, pytest.mark.slow(12)]
NOW = month_of(timezone.now())
PAPER = "/map.png?city=osaka&paper=a4"


def count(yes: int) -> None:
    add_count(
        level="ward", area=27102, segment="all", measure="alipay", month=NOW, observed=99, yes=yes
    )


def draw_all() -> None:
    dispatch.sweep(at=timezone.now() + timedelta(seconds=1))


def test_a_map_for_paper_is_linked_on_the_page(client: Client) -> None:
    page = client.get("/explore?view=map&city=kyoto").content.decode()
    query = f"city=kyoto&measure=alipay&level=ward&month={month_text(NOW)}&segment=all&paper=a4"
    assert f'href="/map.png?{escape(query)}">PNG for print, A4</a>' in page


def test_the_first_who_asks_waits_and_the_next_is_given_it(client: Client) -> None:
    count(50)
    first = client.get(PAPER)
    assert (first.status_code, first["Refresh"], first["Cache-Control"]) == (202, "3", "no-store")
    assert "ETag" not in first
    assert "<progress" in first.content.decode()
    draw_all()
    second = client.get(PAPER)
    assert (second.status_code, second["Content-Type"]) == (200, "image/png")
    assert f"noren-osaka-alipay-ward-all-{month_text(NOW)}.a4.png" in second["Content-Disposition"]
    assert Image.open(io.BytesIO(second.content)).size == (3508, 2480)
    again = client.get(PAPER, headers={"if-none-match": second["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_whoever_asks_again_asks_for_nothing_more(client: Client) -> None:
    for _time in range(3):
        assert client.get(PAPER).status_code == 202
    assert OutboxMessage.objects.filter(handler="draw_map").count() == 1
    draw_all()
    assert client.get(PAPER).status_code == 200
    assert OutboxMessage.objects.filter(handler="draw_map").count() == 1


def test_counts_that_change_are_another_map(client: Client) -> None:
    count(50)
    client.get(PAPER)
    draw_all()
    before = client.get(PAPER)
    count(10)
    assert client.get(PAPER).status_code == 202
    draw_all()
    assert client.get(PAPER)["ETag"] != before["ETag"]


def test_every_language_has_its_own(client: Client) -> None:
    for language in ("ja", "zh-hans"):
        client.get(PAPER, headers={"accept-language": language})
    draw_all()
    tags = {
        client.get(PAPER, headers={"accept-language": language})["ETag"]
        for language in ("ja", "zh-hans")
    }
    assert len(tags) == 2


def test_the_queue_of_the_worker_is_short(client: Client) -> None:
    queries = [f"/map.png?level={level}&paper=a4" for level in ("ward", "grid1000", "grid500")]
    queries += [f"{query}&city=kyoto" for query in queries] + [PAPER]
    answers = [client.get(query) for query in queries]
    assert [answer.status_code for answer in answers] == [202] * maps.MOST_WAITING + [503]
    assert answers[-1]["Retry-After"] == "60"


def test_an_unknown_paper_is_refused(client: Client) -> None:
    answer = client.get("/map.png?paper=a0")
    assert answer.status_code == 400
    assert "Allowed: screen, a4" in answer.content.decode()


def test_the_address_on_paper_is_that_of_the_site(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_URL = "https://noren.example.org"
    drawn: list[str] = []

    def fake(scene: Scene) -> bytes:
        drawn.append(scene.credits[-2])
        return b"a picture"

    monkeypatch.setattr(pictures, "png_of", fake)
    client.get(PAPER, headers={"host": "127.0.0.1"})
    draw_all()
    assert [line.split("http")[1].split("/map")[0] for line in drawn] == ["s://noren.example.org"]


def test_a_map_drawn_twice_is_as_drawn_once(client: Client) -> None:
    client.get(PAPER)
    digest = OutboxMessage.objects.get(handler="draw_map").about
    for _time in range(2):
        maps.draw_map(digest=digest, at=timezone.now())
    assert pictures.request_of(digest) is None
    assert client.get(PAPER).status_code == 200


def test_the_oldest_pictures_for_the_screen_go(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST_KEPT", 2)
    for city in ("tokyo", "osaka", "kyoto"):
        assert client.get(f"/chart.png?view=trend&city={city}").status_code == 200
    assert len(list(Path(settings.PICTURE_ROOT).glob("*.png"))) == 2
    assert client.get("/chart.png?view=trend&city=tokyo").status_code == 200


def test_the_oldest_pictures_for_paper_go(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST_KEPT", 2)
    monkeypatch.setattr(pictures, "png_of", lambda scene: b"a picture")
    for city in ("tokyo", "osaka", "kyoto"):
        client.get(f"/map.png?city={city}&paper=a4")
        draw_all()
    assert len(list((Path(settings.PICTURE_ROOT) / "a4").glob("*.png"))) == 2
    assert client.get("/map.png?city=kyoto&paper=a4").status_code == 200
