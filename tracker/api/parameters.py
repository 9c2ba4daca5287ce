"""What may stand in the query of an address; the check, the schema and the page come from it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.errors import Invalid
from tracker.publication.figures.filters import one_of, only_values

FORMATS = ("json", "csv")
FIRST_LIMIT, LAST_LIMIT = 200, 1000  # rows of a page


@dataclass(frozen=True)
class Parameter:
    """`allowed` lists the values, or `pattern` describes them, those of a whole number with its
    `range` besides; `default` stands where it is left out, and is empty where that depends on
    the day.
    """

    name: str
    note: str | Promise
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    default: str = ""
    range: tuple[int, int] | None = None
    is_required: bool = False

    @property
    def schema(self) -> dict[str, object]:
        """Its values as JSON Schema."""
        if self.range:
            low, high = self.range
            number = {"type": "integer", "minimum": low, "maximum": high}
            return {**number, "default": int(self.default)}
        found: dict[str, object] = {"type": "string"}
        if self.allowed:
            found["enum"] = list(self.allowed)
        if self.pattern:
            found["pattern"] = f"^(?:{self.pattern})$"
        if self.default:
            found["default"] = self.default
        return found


FORMAT = Parameter(
    "format",
    gettext_lazy("JSON in pages, or all rows at once as CSV."),
    FORMATS,
    default=FORMATS[0],
)
CURSOR = Parameter(
    "cursor",
    gettext_lazy("Start of a page, taken from “next” of the previous page."),
    pattern="[A-Za-z0-9_-]{1,40}",
)
LIMIT = Parameter(
    "limit",
    gettext_lazy("Rows per page, 1 to 1000. CSV has no pages."),
    pattern="([1-9][0-9]{0,2}|1000)",
    default=str(FIRST_LIMIT),
    range=(1, LAST_LIMIT),
)
PAGING = (FORMAT, CURSOR, LIMIT)


def values_of(
    lists: Iterable[tuple[str, list[str]]], parameters: Sequence[Parameter]
) -> dict[str, str]:
    """The values that were given, by name. Invalid names what is unknown or not allowed."""
    values = only_values(lists)
    known = {parameter.name: parameter for parameter in parameters}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise Invalid(
            _("Unknown parameter “%(key)s”. Allowed: %(allowed)s.")
            % {"key": unknown[0][:60], "allowed": ", ".join(known) or "–"},
            field=unknown[0][:60],
        )
    for parameter in parameters:
        _check(parameter, values)
    return {key: value for key, value in values.items() if value}


def _check(parameter: Parameter, values: dict[str, str]) -> None:
    name = parameter.name
    value = values.get(name, "")
    if parameter.is_required and not value:
        raise Invalid(_("“%(key)s” is required.") % {"key": name}, field=name)
    if value and parameter.allowed:
        one_of(values, name, "", parameter.allowed)
    if value and parameter.pattern and not re.fullmatch(parameter.pattern, value, re.ASCII):
        raise Invalid(
            _("“%(value)s” is not a valid value of %(key)s. %(note)s")
            % {"value": value[:60], "key": name, "note": parameter.note},
            field=name,
        )
