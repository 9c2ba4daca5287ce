"""Messages as they lie in the table."""

from typing import Any

from tests.factories import NOON
from tracker.outbox.models import OutboxMessage


def message(handler: str = "refresh_shop", about: int = 1, **values: Any) -> OutboxMessage:
    """A row as it lies in the table, due since noon."""
    fields = {"created_at": NOON, "due_at": NOON} | values
    return OutboxMessage.objects.create(handler=handler, about=str(about), **fields)


def again(row: OutboxMessage) -> OutboxMessage:
    row.refresh_from_db()
    return row
