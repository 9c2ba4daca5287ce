"""The schema is OpenAPI 3.1, and whatever is asked, the answer is one that it describes."""

import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import resolve
from django.utils import timezone, translation
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from tests.factories import add_count, make_shop
from tracker.accounts.models import User
from tracker.accounts.routes import SCOPES
from tracker.api.docs.schema import document
from tracker.jobs import actions as jobs
from tracker.months import month_of
from tracker.publication.figures.filters import KEYS

pytestmark = [pytest.mark.django_db, pytest.mark.slow(3)]
LANGUAGES = ("ja", "zh-hans", "en")
REQUESTS = 400
WORDS = (
    "",
    "all",
    "0",
    "-1",
    "1000",
    "13102",
    "2026-01",
    "9999-99",
    "'",
    "\x00",
    "銀座",
    "x" * 300,
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"accept": "text/csv"},
    {"accept": "image/png"},
    {"accept-language": "zh-hans"},
    {"if-none-match": "*"},
    {"authorization": "Bearer x"},
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_schema_is_openapi_3_1_in_every_language(client: Client, language: str) -> None:
    found = client.get("/api/v1/schema/", headers={"accept-language": language}).json()
    assert found["openapi"] == "3.1.0"
    validate(found)


def test_it_describes_every_read_and_nothing_of_the_field_app() -> None:
    assert sorted(document()["paths"]) == [
        "/api/v1/",
        "/api/v1/adoption/",
        "/api/v1/adoption/series/",
        "/api/v1/areas/",
        "/api/v1/jobs/",
        "/api/v1/releases/",
        "/api/v1/schema/",
        "/api/v1/segments/",
        "/api/v1/shops/",
    ]


def test_every_operation_is_named_described_and_tells_what_can_go_wrong() -> None:
    operations = [methods["get"] for methods in document()["paths"].values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"(list|read)_[a-z_]+", name)] == []
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        answers = operation["responses"]
        assert set(answers) == {"200", "304", "400", "401", "403", "406", "429", "503"}
        assert [key for key, answer in answers.items() if not answer["description"]] == []
        assert "Retry-After" in answers["429"]["headers"]
        assert [one["name"] for one in operation["parameters"] if not one["description"]] == []


def test_only_shops_and_jobs_need_somebody_who_is_known() -> None:
    paths = document()["paths"]
    closed = [path for path, methods in paths.items() if {} not in methods["get"]["security"]]
    assert closed == ["/api/v1/jobs/", "/api/v1/shops/"]


def test_every_filter_of_the_pages_is_a_parameter() -> None:
    parameters = document()["paths"]["/api/v1/adoption/"]["get"]["parameters"]
    names = [one["name"] for one in parameters if one["in"] == "query"]
    assert sorted(names) == sorted([*KEYS, "format", "cursor", "limit"])


def test_each_language_has_its_own_words() -> None:
    told = set()
    for language in LANGUAGES:
        with translation.override(language):
            told.add(document()["paths"]["/api/v1/areas/"]["get"]["summary"])
    assert len(told) == len(LANGUAGES)


def test_the_document_lists_every_operation() -> None:
    text = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `GET (/\S+)` \| `(\w+)` \| `([a-z:]+)` \|", text, re.MULTILINE)
    paths = document()["paths"]
    assert set(rows) == {
        (path, methods["get"]["operationId"], SCOPES[resolve(path).view_name].value)
        for path, methods in paths.items()
    }


@pytest.fixture
def _something(settings: LazySettings) -> None:
    settings.API_RATE_ADDRESS = settings.API_RATE_TOKEN = 10 * REQUESTS
    make_shop()
    jobs.begin(kind="rebuild", about="", total=1, by=None, at=timezone.now())
    for level, area in (("ward", 13102), ("city", 13100), ("grid250", 5339460111)):
        add_count(
            level=level,
            area=area,
            segment="all",
            measure="alipay",
            month=month_of(timezone.now()) - 1,
            observed=50,
            yes=5,
        )


def query_of(parameters: list[dict[str, Any]], chance: random.Random) -> str:
    """Some parameters with right and wrong values, and now and then one that there is not."""
    values = {}
    for one in parameters:
        if chance.random() < 0.3:
            right = one["schema"].get("enum") or ["13102", "2026-01", "5"]
            values[one["name"]] = chance.choice([*right, *right, chance.choice(WORDS)])
    if chance.random() < 0.05:
        values[chance.choice(["colour", "page", ""])] = chance.choice(WORDS)
    return urlencode(values)


@pytest.mark.usefixtures("_something")
def test_whatever_is_asked_the_answer_is_one_of_the_schema(client: Client, mori: User) -> None:
    chance = random.Random(7)
    found = document()
    statuses = set()
    for number in range(REQUESTS):
        if number == REQUESTS // 4:
            client.force_login(mori)
        path, methods = chance.choice(list(found["paths"].items()))
        parameters = [one for one in methods["get"]["parameters"] if one["in"] == "query"]
        address = f"{path}?{query_of(parameters, chance)}"
        answer = client.get(address, headers=chance.choice(HEADERS))
        statuses.add(answer.status_code)
        described = methods["get"]["responses"].get(str(answer.status_code))
        assert described, (address, answer.status_code)
        form = answer.get("Content-Type", "").partition(";")[0]
        if answer.status_code == 304:
            continue
        assert form in described["content"], (address, form)
        if form != "text/csv":
            schema = {**described["content"][form]["schema"], "components": found["components"]}
            OAS31Validator(schema).validate(answer.json())
    assert statuses == {200, 400, 401, 406}
