"""The shells, the manifest and the worker: the same for everybody."""

import gzip
import json
import re

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import make_user
from tracker.accounts.roles import Role
from tracker.languages import LANGUAGES

pytestmark = pytest.mark.django_db
HTML = {"ja": "ja", "zh-hans": "zh-Hans", "en": "en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shell_is_the_same_for_everybody(client: Client, language: str) -> None:
    path = f"/field/app/{language}/"
    before = client.get(path)
    client.force_login(make_user("wakaba-0712", Role.FIELDWORKER))
    client.post("/language/", {"language": "en", "next": "/"})
    after = client.get(path)
    assert before.content == after.content
    assert f'<html lang="{HTML[language]}"'.encode() in before.content
    assert b"csrfmiddlewaretoken" not in before.content
    assert b"wakaba-0712" not in after.content
    assert (after["Cache-Control"], after["Content-Language"]) == ("no-cache", language)
    assert not after.cookies


def test_a_shell_is_sent_once_and_small(client: Client) -> None:
    first = client.get("/field/app/ja/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(first.content) == client.get("/field/app/ja/").content
    again = client.get("/field/app/ja/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_language_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/field/app/fr/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_leads_to_the_language_of_the_person(client: Client, language: str) -> None:
    client.post("/language/", {"language": language, "next": "/"})
    assert client.get("/field/app/")["Location"] == f"/field/app/{language}/"


def test_nothing_of_the_app_takes_a_post(client: Client) -> None:
    for path in ("/field/app/", "/field/app/ja/", "/field/sw.js", "/field/manifest.webmanifest"):
        assert client.post(path).status_code == 405


def test_the_manifest_describes_one_app_in_every_language(
    client: Client, settings: LazySettings
) -> None:
    settings.LANGUAGE_CODE = "ja"
    found = [client.get(f"/field/manifest.webmanifest?lang={one}") for one in (*LANGUAGES, "xx")]
    assert {answer["Content-Type"] for answer in found} == {"application/manifest+json"}
    manifests = [json.loads(answer.content) for answer in found]
    assert {one["id"] for one in manifests} == {"/field/app/"}
    assert [one["lang"] for one in manifests] == ["ja", "zh-Hans", "en", "ja"]
    for one in manifests:
        assert (one["scope"], one["start_url"]) == ("/", "/field/app/")
        assert [icon["sizes"] for icon in one["icons"]] == ["192x192", "512x512", "512x512"]
        assert one["icons"][2]["purpose"] == "maskable"


def worker(client: Client) -> tuple[str, dict[str, object]]:
    """The script, and the facts before it."""
    answer = client.get("/field/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    text = answer.content.decode()
    facts = re.findall(r"^const (VERSION|FILES|SHELLS) = (.*);$", text, re.MULTILINE)
    return text, {name: json.loads(value) for name, value in facts}


def test_the_worker_keeps_the_shells_and_their_files(client: Client) -> None:
    text, facts = worker(client)
    assert facts["SHELLS"] == [f"/field/app/{language}/" for language in LANGUAGES]
    files = facts["FILES"]
    assert isinstance(files, list)
    assert all(name.startswith("/static/") for name in files)
    assert {"/static/field/sender.js", "/static/idb/index.js"} <= set(files)
    assert not any("service-worker" in name for name in files)
    assert client.get("/field/app/ja/")["Noren-Version"] == facts["VERSION"]
    assert 'addEventListener("fetch"' in text


def test_switched_off_the_worker_takes_itself_away(client: Client, settings: LazySettings) -> None:
    settings.FIELD_APP_OFF = True
    text, facts = worker(client)
    assert facts == {}
    assert "unregister()" in text
    assert "fetch" not in text
    page = client.get("/field/app/ja/")
    assert page.status_code == 200
    assert 'data-worker="off"' in page.content.decode()


def test_switched_on_the_page_puts_the_worker_in_place(client: Client) -> None:
    assert "data-worker" not in client.get("/field/app/ja/").content.decode()
