"""The schema as a page shows it: operations, their parameters, columns, statuses and samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.api.docs.samples import Sample, samples_of
from tracker.api.operation import PROBLEM

Json = Mapping[str, Any]


@dataclass(frozen=True)
class ParameterLine:
    name: str
    note: str
    values: str  # the allowed ones, or the pattern
    default: str
    is_required: bool


@dataclass(frozen=True)
class ColumnLine:
    name: str
    note: str
    type: str


@dataclass(frozen=True)
class StatusLine:
    status: str
    note: str
    forms: str  # media types


@dataclass(frozen=True)
class OperationPart:
    """One operation. `samples` is empty where an answer is not a table."""

    name: str
    path: str
    title: str
    note: str
    needs_token: bool
    parameters: list[ParameterLine]
    columns: list[ColumnLine]
    statuses: list[StatusLine]
    samples: list[Sample]


def operations_of(document: Json, *, here: str, queries: Mapping[str, str]) -> list[OperationPart]:
    """Every operation of the schema. `here` is the address of the site, without a slash at its
    end; `queries` gives an operation the query that its samples carry.
    """
    return [
        _operation(path, methods["get"], here, queries.get(methods["get"]["operationId"], ""))
        for path, methods in document["paths"].items()
    ]


def _operation(path: str, operation: Json, here: str, query: str) -> OperationPart:
    answers = operation["responses"]
    row = answers["200"]["content"]["application/json"]["schema"]
    needs_token = {} not in operation["security"]
    address = f"{here}{path}" + (f"?{query}" if query else "")
    has_table = "text/csv" in answers["200"]["content"]
    return OperationPart(
        name=operation["operationId"],
        path=path,
        title=operation["summary"],
        note=operation["description"],
        needs_token=needs_token,
        parameters=[
            _parameter(one) for one in operation.get("parameters", ()) if one["in"] == "query"
        ],
        columns=_columns(row),
        statuses=[
            StatusLine(status, one["description"], _forms(one)) for status, one in answers.items()
        ],
        samples=samples_of(address, needs_token=needs_token) if has_table else [],
    )


def _parameter(one: Json) -> ParameterLine:
    schema = one["schema"]
    pattern = schema.get("pattern", "").removeprefix("^(?:").removesuffix(")$")
    values = ", ".join(schema.get("enum", ())) or pattern
    if "minimum" in schema:
        values = f"{schema['minimum']}–{schema['maximum']}"
    return ParameterLine(
        name=one["name"],
        note=one["description"],
        values=values,
        default=str(schema.get("default", "")),
        is_required=one.get("required", False),
    )


def _columns(schema: Json) -> list[ColumnLine]:
    rows = schema.get("properties", {}).get("results", {}).get("items", {})
    return [
        ColumnLine(name, column["description"], _types(column["type"]))
        for name, column in rows.get("properties", {}).items()
    ]


def _types(types: str | Sequence[str]) -> str:
    return types if isinstance(types, str) else " | ".join(types)


def _forms(answer: Json) -> str:
    forms = list(answer.get("content", {}))
    return ", ".join("problem+json" if form == PROBLEM else form for form in forms)
