"""The questionnaire is one that ODK and Kobo can read: pyxform makes a form of it."""

import io
import xml.etree.ElementTree as ET

import openpyxl
import pytest
from django.test import Client
from pyxform.xls2xform import convert  # type: ignore[import-untyped]  # has no stubs

from tracker.languages import LANGUAGES
from tracker.publication.files.xlsform import xlsform
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

XFORMS = "{http://www.w3.org/2002/xforms}"


@pytest.fixture(scope="module")
def form() -> ET.Element:
    made = convert(io.BytesIO(xlsform()), validate=False, file_type=".xlsx")
    assert made.warnings == []
    return ET.fromstring(made.xform)  # noqa: S314  # made here, of our own words


def test_every_question_is_there_with_its_answers(form: ET.Element) -> None:
    questions = {one.get("ref", "").rsplit("/", 1)[-1] for one in form.iter(f"{XFORMS}select1")}
    assert {trait.value for trait in Trait} | {"outcome", "evidence"} <= questions
    said = {one.text for one in form.iter() if one.tag.endswith("name")}
    assert set(Answer.values) | set(Outcome.values) <= said


def test_traits_are_asked_only_where_the_shop_answered(form: ET.Element) -> None:
    binds = {one.get("nodeset", "").rsplit("/", 1)[-1]: one for one in form.iter(f"{XFORMS}bind")}
    for trait in Trait:
        relevant = str(binds[trait.value].get("relevant", "")).split()
        assert relevant == ["/data/outcome", "=", "'answered'"]
        assert binds[trait.value].get("required") == "true()"


def test_every_word_stands_in_three_languages() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform()))
    for name in ("survey", "choices"):
        head, *rows = book[name].iter_rows(values_only=True)
        labels = [at for at, title in enumerate(head) if str(title).startswith("label::")]
        assert len(labels) == len(LANGUAGES)
        for row in rows:
            words = [row[at] for at in labels]
            assert all(words) or not any(words), row
    words = [cell for row in book["survey"].iter_rows(values_only=True) for cell in row]
    assert Trait["ALIPAY"].spec.question["en"] in words


@pytest.mark.django_db
def test_anybody_may_take_it(client: Client) -> None:
    assert "/data/questionnaire.xlsx" in client.get("/data/").content.decode()
    answer = client.get("/data/questionnaire.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == [
        "survey",
        "choices",
        "settings",
    ]
