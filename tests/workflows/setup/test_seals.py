"""Keys are made by command, and a recount says when one does not open."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from tests.factories import NOON
from tracker.audit.models import AuditEvent
from tracker.fieldwork.seal_keys import phones_key
from tracker.fieldwork.sealing import key_id_of, point_of
from tracker.workflows.counting import counts
from tracker.workflows.setup.seals import make_seal_key

pytestmark = pytest.mark.django_db


def test_the_command_makes_the_key_that_phones_get(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    assert phones_key() is None
    said = StringIO()
    call_command("make_seal_key", stdout=said)
    key = phones_key()
    assert key is not None
    assert key_id_of(point_of(key)).hex() in said.getvalue()
    assert [event.kind for event in AuditEvent.objects.all()] == ["seal_key_made"]


def test_good_keys_are_clean_and_a_broken_file_is_a_difference() -> None:
    first, _second = (make_seal_key(at=NOON) for _ in range(2))
    assert counts.verify().differences == []
    first.write_text(first.read_text()[:-60])
    copy = first.with_name("20990101T000000000000Z-copy.pem")
    copy.write_bytes(Path(first).read_bytes())
    assert [str(found).split(":")[0] for found in counts.verify().differences] == [
        f"seal key {copy.name}"
    ]
