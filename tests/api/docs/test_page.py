"""The page of the API: made here, from the schema, in three languages, with programs to copy."""

import ast
import shlex

import pytest
from django.test import Client

from tests.api.analysts import program_of
from tests.factories import make_shop
from tracker.accounts.models import User
from tracker.api.docs.samples import samples_of
from tracker.api.docs.schema import document

pytestmark = pytest.mark.django_db
PAGE = "/api/v1/docs/"


def page(client: Client, query: str = "", language: str = "en") -> str:
    answer = client.get(f"{PAGE}{query}", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_it_shows_every_operation_parameter_and_status(client: Client, language: str) -> None:
    text = page(client, language=language)
    for path, methods in document()["paths"].items():
        assert f"GET {path}" in text
        for one in methods["get"]["parameters"]:
            assert one["in"] == "header" or f"<code>{one['name']}</code>" in text
    assert text.count('<th scope="row">429</th>') == len(document()["paths"])


def test_it_fetches_nothing_and_needs_no_script(client: Client) -> None:
    answer = client.get(PAGE)
    text = answer.content.decode()
    assert "<script" not in text
    assert " style=" not in text
    assert 'src="http' not in text
    assert 'rel="stylesheet" href="/static/' in text
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_samples_read_the_map_that_was_asked_for(client: Client) -> None:
    text = page(client, "?city=osaka&level=grid500&measure=wechat_pay")
    address = (
        "http://testserver/api/v1/adoption/?city=osaka&amp;measure=wechat_pay&amp;level=grid500"
    )
    assert text.count(address) == 4


def test_a_wrong_query_leaves_the_samples_of_a_first_look(client: Client) -> None:
    text = page(client, "?city=%3Cscript%3E")
    assert "&lt;script&gt;" not in text
    assert "/api/v1/adoption/?city=tokyo" in text


def test_shops_are_marked_as_needing_a_token(client: Client) -> None:
    assert page(client).count("needs a token") == 2


@pytest.mark.parametrize("needs_token", [False, True])
def test_python_samples_are_python(needs_token: bool) -> None:
    address = "http://testserver/api/v1/adoption/?city=tokyo&month=2026-01"
    samples = samples_of(address, needs_token=needs_token)
    assert [sample.tool for sample in samples] == ["pandas", "R", "curl", "QGIS"]
    for sample in samples:
        assert f"{address}&format=csv" in sample.code
        assert ("NOREN_TOKEN" in sample.code) is needs_token
        if sample.language == "python":
            ast.parse(sample.code)


def test_an_address_cannot_break_out_of_a_sample() -> None:
    pandas, r, curl, qgis = samples_of("http://x/?a='\"$(id)`", needs_token=False)
    assert shlex.split(curl.code.replace("\\\n", ""))[-1] == "http://x/?a='\"$(id)`&format=csv"
    for sample in (pandas, qgis):
        ast.parse(sample.code)
    assert '\\"$(id)' in r.code


def test_the_address_of_a_sample_answers(client: Client, dana: User) -> None:
    make_shop()
    for path, reader in (("/api/v1/areas/", client), ("/api/v1/shops/", program_of(dana))):
        (curl,) = [one for one in samples_of(path, needs_token=False) if one.tool == "curl"]
        address = shlex.split(curl.code.replace("\\\n", ""))[-1]
        answer = reader.get(address)
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert len(answer.getvalue().splitlines()) > 1
