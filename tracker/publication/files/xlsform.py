"""The questionnaire as an XLSForm, for whoever measures the same elsewhere with ODK or Kobo.

Three sheets as the standard names them: survey, choices, settings. Every word comes from the
survey, in every language of the interface.
"""

import io
from collections.abc import Callable, Iterable, Sequence

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.languages import LANGUAGES, in_language_lazy, short_code
from tracker.publication.files.languages import in_languages
from tracker.publication.files.xlsx_file import OPTIONS, write_row
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome
from tracker.survey.route_specs import QUESTION
from tracker.survey.routes import Route
from tracker.survey.traits import Trait

Words = str | Promise | Callable[[], str]
Row = tuple[str, ...]
VERSION = "2"
ANSWERED = f"${{outcome}} = '{Outcome.ANSWERED.value}'"
SURVEY = ("type", "name", "required", "relevant", "parameters")
PHOTO_SIDE = "max-pixels=1600"  # as the field app makes them
KINDS = (("outcome", Outcome), ("answer", Answer), ("route", Route), ("evidence", Evidence))
CHOICES = ("list_name", "name")


def xlsform() -> bytes:
    """The workbook."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS | {"in_memory": True})
    _sheet(book, "survey", (*SURVEY, *_columns("label"), *_columns("hint")), _survey())
    _sheet(book, "choices", (*CHOICES, *_columns("label")), _choices())
    settings = (str(_("Chinese payments and language in shops")), "noren_visit", VERSION, "en")
    names = ("form_title", "form_id", "version", "default_language")
    _sheet(book, "settings", names, [(*settings[:3], _named("en"))])
    book.close()
    return file.getvalue()


def _survey() -> Iterable[Row]:
    """One row per question, in the order of the form at the door."""
    yield _question("start", "started")
    yield _question("end", "ended")
    yield _question("text", "shop", gettext_lazy("Name of the shop"), required=True)
    yield _question("geopoint", "place", gettext_lazy("Your location"))
    yield _question(
        "select_one outcome", "outcome", gettext_lazy("Outcome of the visit"), required=True
    )
    for trait in Trait:
        yield _question(
            "select_one answer",
            trait.value,
            in_language_lazy(trait.spec.question),
            in_language_lazy(trait.spec.help),
            required=True,
            relevant=ANSWERED,
        )
    yield _question(
        "select_multiple route",
        "routes",
        in_language_lazy(QUESTION),
        gettext_lazy("Choose everything that you can see."),
        relevant=ANSWERED,
    )
    yield _question(
        "select_one evidence", "evidence", gettext_lazy("How do you know?"), relevant=ANSWERED
    )
    yield _question("image", "photo", gettext_lazy("Photo of the sign"), parameters=PHOTO_SIDE)
    yield _question("text", "note", gettext_lazy("Note"))


def _question(
    kind: str,
    name: str,
    label: Words = "",
    hint: Words = "",
    *,
    required: bool = False,
    relevant: str = "",
    parameters: str = "",
) -> Row:
    words = (*in_languages(label).values(), *in_languages(hint).values())
    return (kind, name, "yes" if required else "", relevant, parameters, *words)


def _choices() -> Iterable[Row]:
    for name, kind in KINDS:
        for value, label in kind.choices:
            yield (name, value, *in_languages(label).values())


def _columns(name: str) -> list[str]:
    """`label::English (en)` and so on, in the order of `in_languages`."""
    return [f"{name}::{_named(code)}" for code in LANGUAGES]


def _named(code: str) -> str:
    return f"{LANGUAGES[code]} ({short_code(code)})"


def _sheet(book: xlsxwriter.Workbook, name: str, head: Sequence[str], rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet(name)
    for number, row in enumerate((head, *rows)):
        write_row(sheet, number, row)
