"""The forms of answers as JSON Schema, from the columns that also make the CSV."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

JsonSchema = dict[str, object]


@dataclass(frozen=True)
class ShapeField:
    """A column: its name, what it holds, and its JSON type, or types where it may be empty."""

    name: str
    note: str | Promise
    type: str | list[str] = "string"
    allowed: tuple[str, ...] = ()

    @property
    def schema(self) -> JsonSchema:
        found: JsonSchema = {"type": self.type, "description": self.note}
        if self.allowed:
            found["enum"] = list(self.allowed)
        return found


def object_of(fields: Iterable[ShapeField]) -> JsonSchema:
    """An object that has each of these fields and no other."""
    properties = {field.name: field.schema for field in fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def page_shape(row: JsonSchema) -> JsonSchema:
    """A page of such rows."""
    return {
        "type": "object",
        "properties": {
            "invented": {
                "type": "boolean",
                "description": gettext_lazy("True for demo data; do not cite."),
            },
            "next": {
                "type": ["string", "null"],
                "description": gettext_lazy("URL of the next page; null on the last one."),
            },
            "results": {"type": "array", "items": row},
        },
        "required": ["invented", "next", "results"],
        "additionalProperties": False,
    }


def problem_shape() -> JsonSchema:
    """RFC 9457."""
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string", "description": gettext_lazy("Always about:blank.")},
            "title": {
                "type": "string",
                "description": gettext_lazy("What is wrong, in the language of the request."),
            },
            "status": {"type": "integer", "description": gettext_lazy("The status code.")},
            "field": {
                "type": "string",
                "description": gettext_lazy("The invalid parameter; only with status 400."),
            },
        },
        "required": ["type", "title", "status"],
    }
