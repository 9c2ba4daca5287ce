"""Pages that stay in step while rows come and go: a cursor names the last row that was given."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from itertools import islice

from django.utils.translation import gettext as _
from rest_framework.request import Request

from tracker.errors import Invalid

Value = str | int | float | bool | None
Row = Mapping[str, Value]
Keyed = tuple[int, Row]  # a whole number that orders the rows, rising, and the row
LARGEST = 2**63 - 1


def cursor_of(key: int) -> str:
    return urlsafe_b64encode(f"after {key}".encode()).decode().rstrip("=")


def key_of(cursor: str) -> int:
    """The key of the last row given. Invalid where nobody has made such a cursor."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        word, number = urlsafe_b64decode(padded).decode("ascii").split(" ")
        key = int(number)
    except ValueError:
        word, key = "", 0
    if word != "after" or abs(key) > LARGEST or cursor_of(key) != cursor:
        raise Invalid(_("Invalid cursor; start without one."), field="cursor")
    return key


def page_of(rows: Iterable[Keyed], limit: int) -> tuple[list[Row], str]:
    """At most so many rows, and the cursor of the next page; empty where there is none."""
    taken = list(islice(rows, limit + 1))
    is_more = len(taken) > limit
    return [row for _key, row in taken[:limit]], cursor_of(taken[limit - 1][0]) if is_more else ""


def next_address(request: Request, cursor: str) -> str | None:
    """The address of the next page, with everything else as it was asked."""
    if not cursor:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
