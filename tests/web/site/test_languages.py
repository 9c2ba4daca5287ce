"""Which language a browser is answered in: traditional Chinese is not simplified Chinese."""

import pytest
from django.test import Client, override_settings

from tracker.web.site.languages import traditional_last

pytestmark = pytest.mark.django_db
ASKED = [
    ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", "en"),
    ("zh-Hant-HK, ja;q=0.5", "ja"),
    ("zh-HK;q=0.9, en;q=0.4, ja;q=0.8", "ja"),
    ("zh-MO, fr, en;q=0.1", "en"),
    ("zh-TW, zh-CN;q=0.8, en;q=0.5", "zh-hans"),
    ("en, zh-TW", "en"),
    ("zh-Hant", "zh-hans"),
    ("zh-TW, fr, *;q=0.1", "zh-hans"),
    ("zh-TW, en;q=0", "zh-hans"),
    ("zh-CN, en", "zh-hans"),
    ("zh-Hans-HK, en", "zh-hans"),
    ("zh, zh-TW, en", "zh-hans"),
    ("fr, zh-SG", "zh-hans"),
    ("fr", "ja"),
    ("", "ja"),
    ("zh-TW,,;;q=broken", "ja"),
]


@override_settings(LANGUAGE_CODE="ja")
@pytest.mark.parametrize(("asked", "language"), ASKED)
def test_a_browser_is_answered_in_the_best_of_its_languages(
    client: Client, asked: str, language: str
) -> None:
    page = client.get("/accounts/login/", headers={"Accept-Language": asked})
    assert page["Content-Language"] == language
    assert "Accept-Language" in page["Vary"]


def test_a_language_chosen_on_the_page_holds_against_the_browser(client: Client) -> None:
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    page = client.get("/accounts/login/", headers={"Accept-Language": "zh-TW, en"})
    assert page["Content-Language"] == "zh-hans"


def test_a_header_without_traditional_chinese_stays_as_it_is() -> None:
    for asked in ("en-GB,en;q=0.5", "zh-CN, zh-TW;q=0.2", "not a header;;"):
        assert traditional_last(asked) == asked
