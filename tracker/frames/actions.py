"""Keep an imported frame."""

from collections.abc import Iterable
from datetime import date, datetime

from tracker.frames.models import Frame, FrameCount
from tracker.frames.readers import FrameRow
from tracker.places.kinds import AreaLevel


def create_frame(
    *, rows: Iterable[FrameRow], level: str, vintage: date, source: str, licence: str,
    sha256: str, at: datetime,
) -> Frame:  # fmt: skip
    """A frame and its counts; IntegrityError where the same file was imported before."""
    frame = Frame.objects.create(
        level=level, vintage=vintage, source=source, licence=licence, sha256=sha256, imported_at=at
    )
    FrameCount.objects.bulk_create(
        (
            FrameCount(
                frame=frame,
                area=int(row.area),
                ward_code=row.area if row.level == AreaLevel.WARD else row.ward,
                group=row.group,
                establishments=row.establishments,
            )
            for row in rows
        ),
        batch_size=2000,
    )
    return frame
