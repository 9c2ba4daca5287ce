"""One row per imported frame, and its counts."""

from django.db import models
from django.db.models import Q

from tracker.frames.groups import GROUPS
from tracker.places.kinds import AreaLevel

LEVELS = (AreaLevel.WARD.value, AreaLevel.GRID500.value)


class Frame(models.Model):
    """A census of one date. The newest vintage of a level is the one that is used."""

    level = models.CharField(max_length=8)  # ward or grid500
    vintage = models.DateField()  # the day the census speaks of
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=200, default="", blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=LEVELS), name="a_frame_is_of_wards_or_500_m_squares"
            )
        ]

    def __str__(self) -> str:
        return f"frame {self.pk} {self.level} {self.vintage}"


class FrameCount(models.Model):
    """Establishments of a group in an area. NULL: the census does not tell; never 0 for that."""

    frame = models.ForeignKey(Frame, on_delete=models.CASCADE, related_name="counts")
    area = models.BigIntegerField()  # JIS code of the ward or the square
    # Of a square: the ward that holds most of it, where the file tells.
    ward_code = models.CharField(max_length=5, default="", blank=True)
    group = models.CharField(max_length=12)
    establishments = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "group", "area"], name="one_count_per_frame_group_and_area"
            ),
            models.CheckConstraint(
                condition=Q(group__in=list(GROUPS)), name="a_frame_group_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} in {self.area}: {self.establishments}"
