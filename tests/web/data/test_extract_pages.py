"""The page where single visits are taken, and a workbook on its way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.factories import add_visit, make_shop
from tests.publication.extracts.reference import csv_by_orm
from tracker.accounts.models import User
from tracker.jobs.states import JobState
from tracker.months import month_of, month_text
from tracker.outbox.models import OutboxMessage
from tracker.publication.extracts.columns import COLUMNS
from tracker.publication.extracts.models import Extract
from tracker.publication.extracts.rows import ExtractFilter
from tracker.web.data import extract_views
from tracker.web.data.streams import AT_ONCE
from tracker.workflows import dispatch
from tracker.workflows.publishing import extract_making, extracts

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
TYPED = {
    "purpose": "To see how answers change",
    "city": "13100",
    "first_month": month_text(NOW - 3),
    "last_month": month_text(NOW),
    "kind": "csv",
}
SALT = "9d" * 16
real = pytest.mark.django_db(transaction=True)  # rows are read by another connection


@pytest.fixture(autouse=True)
def root(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EXTRACT_ROOT = tmp_path / "extracts"
    for module in (extracts, extract_making):
        monkeypatch.setattr(module, "new_salt", lambda: SALT)
    return tmp_path / "extracts"


@pytest.fixture
def analyst(client: Client, dana: User) -> Client:
    client.force_login(dana)
    return client


def text(client: Client, path: str = "/data/extract/") -> str:
    return client.get(path).content.decode()


def test_the_page_says_what_is_left_out_and_names_every_column(analyst: Client) -> None:
    page = text(analyst)
    assert "Left out: the fieldworker, photos, notes, the name and position of the shop" in page
    assert "A shop may still be identifiable" in page
    names = re.findall(r'<th scope="row"><code>(\w+)</code></th>', page)
    assert names == [column.name for column in COLUMNS]
    assert [column.name for column in COLUMNS if str(column.note) not in page] == []


@real
def test_a_csv_is_sent_at_once(analyst: Client, aki: User) -> None:
    for number in range(5):
        add_visit(make_shop(f"店{number}"), aki, at=timezone.now())
    answer = analyst.post("/data/extract/", TYPED)
    assert answer.status_code == 200
    assert answer.streaming
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert data == csv_by_orm(ExtractFilter("13100", NOW - 3, NOW), salt=SALT)
    assert data.count(b"\n") == 6
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    name = f"noren-visits-13100-{month_text(NOW - 3)}-to-{month_text(NOW)}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert Extract.objects.get().purpose == TYPED["purpose"]


@pytest.fixture
def full() -> Iterator[None]:
    """As many files as may be sent at once are on their way."""
    for _number in range(AT_ONCE):
        assert extract_views.PLACES.take()
    yield
    for _number in range(AT_ONCE):
        extract_views.PLACES.give_back()


@pytest.mark.usefixtures("full")
def test_while_others_are_sent_nothing_typed_is_lost(analyst: Client) -> None:
    answer = analyst.post("/data/extract/", TYPED)
    assert answer.status_code == 400
    assert "Other files are being sent." in answer.content.decode()
    assert TYPED["purpose"] in answer.content.decode()
    assert not Extract.objects.exists()


def test_a_refused_taking_keeps_no_place(analyst: Client) -> None:
    late = TYPED | {"last_month": month_text(NOW + 1)}
    for _number in range(AT_ONCE + 1):
        answer = analyst.post("/data/extract/", late)
        assert "This month is in the future." in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"purpose": " "}, "This field is required."),
        ({"first_month": "2026-13"}, "“2026-13” is not a month. Write it as YYYY-MM."),
        ({"first_month": "0000-01"}, "“0000-01” is not a month."),
        ({"last_month": "9999-12"}, "This month is in the future."),
        ({"first_month": month_text(NOW), "last_month": month_text(NOW - 1)}, "The first month"),
        ({"city": "99999"}, "Select a valid choice."),
        ({"kind": "pdf"}, "Choose CSV or Excel workbook."),
        ({"kind": ""}, "Choose CSV or Excel workbook."),
    ],
)
def test_a_mistake_is_told_in_words_and_keeps_the_rest(
    analyst: Client, change: dict[str, str], words: str
) -> None:
    answer = analyst.post("/data/extract/", TYPED | change)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    kept = TYPED | change
    assert kept["purpose"].strip() in page
    assert f'value="{kept["first_month"]}"' in page
    assert f'value="{kept["last_month"]}"' in page
    assert not Extract.objects.exists()


@real
def test_a_workbook_is_waited_for_without_javascript_and_taken(analyst: Client, aki: User) -> None:
    add_visit(make_shop(), aki, at=timezone.now())
    path = analyst.post("/data/extract/", TYPED | {"kind": "xlsx"})["Location"]
    page = text(analyst, path)
    assert "In progress: 0 of 1 rows." in page
    assert '<progress value="0" max="2"' in page
    assert "Refresh" in page
    assert analyst.get(f"{path}file").status_code == 404
    message = OutboxMessage.objects.get(handler="make_extract")
    assert dispatch.work(message_id=message.pk, at=timezone.now()) == 1
    page = text(analyst, path)
    assert "Ready. It will be removed" in page
    assert "<progress" not in page
    assert TYPED["purpose"] in page
    assert path in text(analyst)
    answer = analyst.get(f"{path}file")
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].endswith('.xlsx"')


@pytest.fixture
def asked(dana: User) -> Extract:
    wanted = ExtractFilter("", NOW - 1, NOW)
    return extracts.ask_workbook(purpose="Why", wanted=wanted, by=dana, at=timezone.now())


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (extract_making.TOO_MANY, "there are now more rows than a sheet can hold"),
        (extract_making.GIVEN_UP, "It failed three times."),
    ],
)
def test_how_it_failed_is_said(analyst: Client, asked: Extract, error: str, words: str) -> None:
    assert asked.job is not None
    asked.job.state, asked.job.error = JobState.FAILED, error
    asked.job.ended_at = timezone.now()
    asked.job.save()
    page = text(analyst, f"/data/extract/{asked.uuid}/")
    assert words in page
    assert "notice error" in page


def test_a_second_workbook_waits_for_the_first(analyst: Client, asked: Extract) -> None:
    answer = analyst.post("/data/extract/", TYPED | {"kind": "xlsx"})
    assert "An Excel workbook is already being prepared for you." in answer.content.decode()
    assert Extract.objects.get() == asked


@real
def test_a_workbook_of_somebody_else_is_not_there(
    client: Client, asked: Extract, sora: User
) -> None:
    make = OutboxMessage.objects.get(handler="make_extract")
    dispatch.work(message_id=make.pk, at=timezone.now())
    client.force_login(sora)
    for end in ("", "file"):
        assert client.get(f"/data/extract/{asked.uuid}/{end}").status_code == 404
    assert str(asked.uuid) not in text(client)


def test_the_catalogue_leads_there_those_who_may(
    client: Client, dana: User, sora: User, aki: User, mori: User
) -> None:
    for person, may in ((None, False), (dana, True), (sora, True), (aki, False), (mori, False)):
        if person:
            client.force_login(person)
        assert ('href="/data/extract/"' in text(client, "/data/")) is may
