"""Whatever goes wrong with a read is a problem that a program can read, in JSON."""

import pytest
from django.test import Client

from tracker.accounts.models import User

pytestmark = pytest.mark.django_db
READS = ["/api/v1/", "/api/v1/adoption/", "/api/v1/areas/", "/api/v1/segments/", "/api/v1/schema/"]


def problem(client: Client, address: str, status: int, **headers: str) -> dict[str, object]:
    answer = client.get(address, headers={"accept-language": "en", **headers})
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, object] = answer.json()
    assert (found["type"], found["status"]) == ("about:blank", status)
    assert found["title"]
    return found


@pytest.mark.parametrize("address", READS)
def test_an_unknown_parameter_is_named_with_the_known_ones(client: Client, address: str) -> None:
    found = problem(client, f"{address}?colour=red", 400)
    assert found["field"] == "colour"
    assert "Allowed: " in str(found["title"])


@pytest.mark.parametrize(
    "query", ["format=xml", "format=json&format=csv", "format=json&format=json"]
)
def test_a_form_that_there_is_not_is_a_wrong_parameter(client: Client, query: str) -> None:
    assert problem(client, f"/api/v1/areas/?{query}", 400)["field"] == "format"


def test_an_answer_in_one_form_has_no_parameter_for_it(client: Client) -> None:
    assert problem(client, "/api/v1/schema/?format=json", 400)["field"] == "format"


@pytest.mark.parametrize("address", READS)
def test_a_form_that_cannot_be_had_is_told_in_json(client: Client, address: str) -> None:
    problem(client, address, 406, accept="image/png")


def test_a_problem_of_a_csv_is_json(client: Client) -> None:
    problem(client, "/api/v1/adoption/?format=csv&city=nagoya", 400)
    problem(client, "/api/v1/adoption/?city=nagoya", 400, accept="text/csv")


@pytest.mark.parametrize(
    "path", ["nothing/", "adoption/nothing/", "areas/13102/", "%0A/", "%00/", "..%2f/", "ワ/"]
)
def test_what_is_not_there_is_told_so(client: Client, path: str) -> None:
    problem(client, f"/api/v1/{path}", 404)


def test_an_address_without_its_slash_leads_to_the_one_with_it(client: Client) -> None:
    assert client.get("/api/v1/areas?limit=1")["Location"] == "/api/v1/areas/?limit=1"


def test_nothing_is_nothing_for_a_writer_too(client: Client) -> None:
    assert client.post("/api/v1/nothing/").status_code == 404


@pytest.mark.parametrize("address", READS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_a_method_that_is_not_for_reading_is_a_problem(
    client: Client, address: str, method: str
) -> None:
    answer = client.generic(method.upper(), address, data=b"{", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET, HEAD"


def test_a_body_that_is_no_json_is_a_problem_for_the_field_app(client: Client, aki: User) -> None:
    client.force_login(aki)
    answer = client.post("/api/v1/visits/batch", data=b"{", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("address", ["/api/v1/shops/", "/api/v1/jobs/"])
def test_a_stranger_is_asked_to_sign_in_and_a_worker_refused(
    client: Client, aki: User, address: str
) -> None:
    problem(client, address, 401)
    assert client.get(address)["WWW-Authenticate"] == "Bearer"
    client.force_login(aki)
    problem(client, address, 403)


@pytest.mark.parametrize(
    ("language", "word"), [("ja", "ページが見つかりません"), ("zh-hans", "页面不存在")]
)
def test_a_problem_speaks_the_language_of_the_request(
    client: Client, language: str, word: str
) -> None:
    answer = client.get("/api/v1/nothing/", headers={"accept-language": language})
    assert word in answer.json()["title"]
