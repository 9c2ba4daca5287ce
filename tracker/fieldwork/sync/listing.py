"""The table of an entry's fields as Markdown, for docs/field-app.md. Pure."""

from functools import singledispatch

from tracker.fieldwork.entry import Field
from tracker.fieldwork.kinds.several import Answers, AtTheTill, Hashes, Position
from tracker.fieldwork.kinds.single import Kind, Moment, OneOf, Text, Uuid, Whole
from tracker.fieldwork.sync.entries import ENVELOPE, SAID, SHOP_FIELDS, VERSION, ShopAdded

BEGIN = "<!-- fields: compared with tracker/fieldwork/entry.py and sync/entries.py -->"
END = "<!-- end of fields -->"


def field_table() -> str:
    """One row a key that a phone may send: what may stand there, and the column that keeps it."""
    rows = [
        "| key | what may stand there | left out | kept in |",
        "|---|---|---|---|",
        f"| `v` | {VERSION}: the version of this form | never | |",
        *(_row(one, is_said=False) for one in ENVELOPE),
        *(_row(one, is_said=True) for one in SAID),
        *(_row(one, is_said=False, above="new_shop.") for one in SHOP_FIELDS),
    ]
    return "\n".join(rows)


def _row(one: Field, *, is_said: bool, above: str = "") -> str:
    kept = _columns(one) if is_said else ""
    left_out = "never" if one.kind.is_needed else "may be"
    return f"| `{above}{one.name}` | {_words(one.kind)} | {left_out} | {kept} |".replace("  ", " ")


def _columns(one: Field) -> str:
    """Traits are not listed: a new one must not make the page untrue."""
    if isinstance(one.kind, Answers):
        return "a column for each trait"
    return _listed(one.kind.column_names(one.name))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" if name else "empty" for name in names)


@singledispatch
def _words(kind: Kind) -> str:
    """What may stand there, as people say it."""
    raise NotImplementedError(type(kind))


@_words.register
def _text(kind: Text) -> str:
    return f"text, at most {kind.limit} characters"


@_words.register
def _whole(kind: Whole) -> str:
    return f"a whole number from {kind.low} to {kind.high}" + (
        "" if kind.is_needed else ", or null"
    )


@_words.register
def _one_of(kind: OneOf) -> str:
    return f"one of {_listed(kind.allowed)}"


@_words.register
def _moment(_kind: Moment) -> str:
    return "a time with its zone, as `toISOString()` writes it"


@_words.register
def _position(kind: Position) -> str:
    return f"null, or an object of {_listed(kind.below)}"


@_words.register
def _answers(kind: Answers) -> str:
    return f"an object: trait → one of {_listed(kind.ALLOWED)}; a trait may be left out"


@_words.register
def _at_the_till(kind: AtTheTill) -> str:
    return f"a list of {_listed(kind.ALLOWED)}, the last only alone; none: not asked"


@_words.register
def _hashes(kind: Hashes) -> str:
    return f"a list of at most {kind.limit} SHA-256, each once, of the bytes of each photo"


@_words.register
def _uuid(_kind: Uuid) -> str:
    return "a UUID, lower case, with hyphens"


@_words.register
def _shop(_kind: ShopAdded) -> str:
    return "null, or the shop that the worker adds: the keys below"


def with_table(document: str) -> str:
    """The document with the part between the two markers written anew."""
    before, rest = document.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{field_table()}\n{END}{after}"
