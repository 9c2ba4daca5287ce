"""What the newest frame says of an area."""

from django.db.models import Count, F, Q, Sum

from tracker.frames.groups import GROUPS, group_of_segment
from tracker.frames.models import Frame, FrameCount
from tracker.places.kinds import AreaLevel


def current_frame(level: AreaLevel = AreaLevel.WARD) -> Frame | None:
    """The newest vintage that tells of this level; wards may be told by squares."""
    frames = Frame.objects.order_by("-vintage", "-pk")
    own = frames.filter(level=level.value).first()
    return own or (frames.first() if level == AreaLevel.WARD else None)


def establishments_by_ward() -> dict[tuple[str, str], int | None]:
    """(ward, group) → establishments; None where any part of the sum is not told."""
    frame = current_frame()
    if frame is None:
        return {}
    sums = (
        FrameCount.objects.filter(frame=frame)
        .values(ward=F("ward_code"), of=F("group"))
        .annotate(total=Sum("establishments"), hidden=Count("pk", Q(establishments=None)))
    )
    return {(row["ward"], row["of"]): None if row["hidden"] else row["total"] for row in sums}


def establishments_in(*, level: AreaLevel, segment: str) -> dict[int, int]:
    """Area → establishments of exactly this segment's group; hidden ones are left out.

    Empty where no frame tells of the level, or where the group holds other segments too:
    a share of them would be compared with the wrong whole.
    """
    group = group_of_segment(segment)
    frame = current_frame(level)
    if group is None or len(GROUPS[group].segments) > 1:
        return {}
    if frame is None or frame.level != level.value:
        return {}
    rows = FrameCount.objects.filter(frame=frame, group=group, establishments__isnull=False)
    return {row.area: row.establishments for row in rows if row.establishments is not None}
