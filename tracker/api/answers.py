"""Answers as bytes: JSON and CSV, each with its tag, or the news that nothing is new."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import parse_etags
from django.utils.translation import get_language
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from tracker.api.cursors import Row, Value
from tracker.publication.files.columns import Value as Cell
from tracker.publication.files.csv_file import table_lines

# Kept by whoever likes, asked about each time: asking costs next to nothing, and a figure that
# was counted anew is seen at once.
PUBLIC, PRIVATE = "public, no-cache", "private, no-cache"
VARY = "Accept, Accept-Language, Authorization, Cookie"


class CsvRenderer(BaseRenderer):
    """Makes `Accept: text/csv` and `format=csv` known; the lines are written as they come."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: object, *args: object, **kwargs: object) -> bytes:
        """Only problems come here, and they are JSON whatever was asked for."""
        return bytes(JSONRenderer().render(data))


def tag_of(*parts: str) -> str:
    """An entity tag that stands for these parts."""
    return f'"{sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def page_address(request: Request, form: str) -> str:
    """What an answer follows from besides the data: address, query in order, form, language."""
    query = sorted((key, *values) for key, values in request.query_params.lists())
    here = request.build_absolute_uri(request.path)
    return f"{here} {query} {form} {get_language()}"


def is_known(request: Request, tag: str) -> bool:
    """Whether whoever asks has this very answer. A proxy may have made the tag weak."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return any(one.removeprefix("W/") == tag for one in given)


def with_headers(answer: HttpResponse, tag: str, cache: str) -> HttpResponse:
    if tag:
        answer["ETag"] = tag
    answer["Cache-Control"] = cache
    answer["Vary"] = VARY
    return answer


def not_modified(tag: str, cache: str) -> HttpResponse:
    return with_headers(HttpResponse(status=304), tag, cache)


def json_answer(request: Request, data: object, *, tag: str, cache: str) -> HttpResponse:
    """The data; where no tag was known before, that of the content."""
    body = JSONRenderer().render(data)
    if not tag:
        tag = tag_of(str(get_language()), sha256(body).hexdigest())
        if is_known(request, tag):
            return not_modified(tag, cache)
    return with_headers(HttpResponse(body, content_type="application/json"), tag, cache)


def csv_answer(
    names: Sequence[str], rows: Iterable[Row], *, note: str, file: str, tag: str, cache: str
) -> StreamingHttpResponse:
    """All rows, line by line; `note`, where there is one, becomes a last column of every row."""
    answer = StreamingHttpResponse(
        csv_lines(names, rows, note=note), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="noren-{file}.csv"'
    with_headers(answer, tag, cache)  # type: ignore[arg-type]  # headers are those of any answer
    return answer


def csv_lines(names: Sequence[str], rows: Iterable[Row], *, note: str) -> Iterator[str]:
    """UTF-8 without BOM, LF, safe to open in a spreadsheet."""
    more = (note,) if note else ()
    cells = ((*(_cell(row[name]) for name in names), *more) for row in rows)
    return table_lines([*names, "note"] if note else names, cells, for_excel=False)


def _cell(value: Value) -> Cell:
    return str(value).lower() if isinstance(value, bool) else value
