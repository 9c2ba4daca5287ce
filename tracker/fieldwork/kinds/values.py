"""One value out of a JSON object, judged. Each reader raises Invalid with the field's name.

Phones are programs: any JSON value may stand where another was meant.
"""

import json
import re
from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Invalid

Json = dict[str, object]
LARGEST_INT = 2**31 - 1  # of a column
# JavaScript writes years beyond 9999 with a sign and six digits.
_MOMENT = re.compile(
    r"[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)", re.ASCII
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200  # a clock beyond these tells nothing


def json_object(text: str | bytes, name: str) -> Json:
    """A JSON object; never another value, a bad encoding or a nesting without end."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid(_("This is not readable JSON."), field=name) from None
    return as_object(value, name)


def as_object(value: object, name: str) -> Json:
    if not isinstance(value, dict):
        raise Invalid(_("“%(name)s” must be an object.") % {"name": name}, field=name)
    return value


def as_list(value: object, name: str) -> list[object]:
    if not isinstance(value, list):
        raise Invalid(_("“%(name)s” must be a list.") % {"name": name}, field=name)
    return value


def whole(value: object, name: str, low: int, high: int) -> int:
    """An integer from `low` to `high`; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Invalid(
            _("“%(name)s” must be a whole number from %(low)s to %(high)s.")
            % {"name": name, "low": low, "high": high},
            field=name,
        )
    return value


def text(value: object, name: str, limit: int) -> str:
    """Clean text of at most so many characters."""
    if not isinstance(value, str):
        raise Invalid(_("“%(name)s” must be text.") % {"name": name}, field=name)
    cleaned = clean(value)
    if len(cleaned) > limit:
        raise Invalid(
            _("“%(name)s” is too long: at most %(limit)s characters.")
            % {"name": name, "limit": limit},
            field=name,
        )
    return cleaned


def clean(value: str) -> str:
    """Text that every database can keep; the half of a sign cut in two becomes �."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def choice(value: object, name: str, allowed: tuple[str, ...]) -> str:
    """One of a closed list."""
    if not isinstance(value, str) or value not in allowed:
        raise Invalid(
            _("“%(name)s” must be one of: %(list)s.")
            % {"name": name, "list": ", ".join(filter(None, allowed))},
            field=name,
        )
    return value


def uuid_of(value: object, name: str) -> UUID:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else _no_uuid(name)
    except ValueError:
        return _no_uuid(name)


def _no_uuid(name: str) -> UUID:
    raise Invalid(_("“%(name)s” must be a UUID.") % {"name": name}, field=name)


def sha256_of(value: object, name: str) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise Invalid(
            _("“%(name)s” must be a SHA-256: 64 digits of 0–9 and a–f.") % {"name": name},
            field=name,
        )
    return value


def moment_of(value: object, name: str) -> datetime | None:
    """An ISO 8601 moment with its zone; None where the clock was so wrong that it tells nothing."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise Invalid(
            _("“%(name)s” must be a time such as 2026-11-25T01:02:03.456Z.") % {"name": name},
            field=name,
        )
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None  # 29 February of the wrong year, or a year of six digits
    return moment.astimezone(UTC) if FIRST_YEAR <= moment.year < LAST_YEAR else None
