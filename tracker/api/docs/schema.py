"""The schema of the answers to analysts: OpenAPI 3.1, in the language of the request.

The endpoints of the field app are left out on purpose: docs/field-app.md is their contract, and
only the app that is served with them may use them.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from drf_spectacular.generators import SchemaGenerator

from tracker.api.read_view import ReadView
from tracker.api.shapes import problem_shape

Endpoint = tuple[str, str, str, Callable[..., Any]]
Document = dict[str, Any]


def for_analysts(endpoints: list[Endpoint]) -> list[Endpoint]:
    """What belongs into the schema, of all that there is below /api/v1/."""
    return [
        endpoint
        for endpoint in endpoints
        if issubclass(getattr(endpoint[3], "cls", object), ReadView)
        and getattr(endpoint[3], "cls", ReadView).operation
    ]


def with_shapes(result: Document, **kwargs: object) -> Document:
    """Adds the one shape that every operation shares."""
    result["components"].setdefault("schemas", {})["Problem"] = problem_shape()
    return result


def document() -> Document:
    """The schema in the present language; made once per process and language."""
    return _document(get_language() or "en")


@cache
def _document(language: str) -> Document:
    with override(language):
        made: Document = _plain(_generated())
    return made


def _generated() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


def _plain(value: Any) -> Any:
    """The same with every text as it reads in the present language."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Promise) else value
