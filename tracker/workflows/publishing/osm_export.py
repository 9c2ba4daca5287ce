"""Tags for a mapper leave Noren: somebody did that, and the log says so."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from tracker.audit import log
from tracker.publication.files.osm_tags import OsmTag, changed_tags


@transaction.atomic
def export_osm_tags(*, at: datetime) -> Iterator[OsmTag]:
    """The tags as they are made; on the command line only, so without an actor."""
    log.record(kind="osm_tags_exported", actor=None, subject_type="export", subject_id="osm", at=at)
    return changed_tags(at=at)
