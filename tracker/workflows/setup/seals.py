"""What was sealed on a phone goes back to the person it belongs to."""

import re
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Invalid
from tracker.fieldwork.seal_keys import make_key, opening_keys
from tracker.fieldwork.sealing import SealBroken, open_sealed

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_CONTEXT = re.compile(
    rf"(?:entry:{_UUID}:\d{{1,5}}|photo:{_UUID}:[0-9a-f]{{64}}|draft:{_UUID}):(\d{{1,19}})",
    re.ASCII,
)


def open_for_owner(*, context: str, envelope: bytes, by: User) -> bytes:
    """What is in an envelope of one's own. Raises Refused for somebody else's, Invalid."""
    found = _CONTEXT.fullmatch(context)
    if found is None:
        raise Invalid(_("This is not the name of a sealed item."), field="context")
    check_may(by, Action.SYNC, owner_id=int(found[1]))  # whatever the role: own only
    try:
        return open_sealed(envelope, context, opening_keys())
    except SealBroken:
        raise Invalid(
            _("This cannot be opened: it was sealed for something else, or damaged."),
            field="sealed",
        ) from None


def make_seal_key(*, at: datetime) -> Path:
    """Make the key that phones are given from now on; returns its file."""
    path = make_key(at=at)
    log.record(
        kind="seal_key_made", actor=None, subject_type="seal_key", subject_id=path.stem, at=at
    )
    return path
