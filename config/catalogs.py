"""The translations: collected from code and templates, kept in .po files, compiled at set-up.

Babel does what GNU gettext would, so that no system package is needed. Templates are turned
into Python calls by Django's own `templatize` and read like any other file.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from config import languages
from tracker import __version__

# Folders of the catalogues: all languages but the one that the code is written in.
LANGUAGES = tuple(to_locale(code) for code in languages.LANGUAGES if code != languages.SOURCE)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str | tuple[str, ...], str | None, str, int]  # id(s), context, file, line


def po_path(base: Path, language: str) -> Path:
    return base / "tracker" / "locale" / language / "LC_MESSAGES" / "django.po"


def messages_of(base: Path) -> Iterator[Message]:
    """Every translatable string of the code and the templates, with where it stands."""
    for path in [*sorted((base / "tracker").rglob("*.py")), base / "config" / "settings.py"]:
        for line, found, _comments, context in extract_from_file("python", str(path), KEYWORDS):
            yield found, context, str(path.relative_to(base)), line
    for path in sorted((base / "templates").rglob("*.*")):
        code = templatize(path.read_text(encoding="utf-8"), origin=path.name)
        file = io.BytesIO(code.encode())
        for line, found, _comments, context in extract("python", file, KEYWORDS):
            yield found, context, str(path.relative_to(base)), line


def collected(base: Path) -> Catalog:
    """A catalog of everything, without translations and without dates that change by themselves."""
    catalog = Catalog(project="Noren", charset="utf-8")
    for found, context, file, _line in messages_of(base):
        catalog.add(found, locations=[(file, 0)], context=context)
    return catalog


def kept(base: Path, language: str) -> Catalog:
    """The .po file of a language; empty where there is none yet."""
    path = po_path(base, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(base: Path) -> None:
    """Bring the .po files up to date; translations of strings that are gone are dropped."""
    for language in LANGUAGES:
        catalog = kept(base, language)
        made_on = catalog.creation_date  # the day of collecting would conflict in every merge
        catalog.update(collected(base), no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        catalog.creation_date = made_on
        catalog.version = __version__
        catalog.msgid_bugs_address = "the administrator"
        path = po_path(base, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, sort_output=True, include_lineno=False, width=100)


def compile_all(base: Path) -> list[Path]:
    """Write the .mo files; returns them."""
    written = []
    for language in LANGUAGES:
        if po_path(base, language).exists():
            path = po_path(base, language).with_suffix(".mo")
            with path.open("wb") as file:
                write_mo(file, kept(base, language))
            written.append(path)
    return written


def untranslated(base: Path, language: str) -> list[str]:
    """Strings of the code that the language has no words for yet."""
    catalog = kept(base, language)
    missing = []
    for found, context, file, line in messages_of(base):
        key = found if isinstance(found, str) else found[0]
        message = catalog.get(key, context)
        if message is None or not all(_texts(message.string)):
            missing.append(f"{file}:{line} {key}")
    return sorted(set(missing))


def _texts(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if not isinstance(string, tuple | list) else list(string)
