"""The integers behind every share, and what of each shop they were counted from.

Both tables are written by the million when everything is counted anew: docs/decisions/0007
says why a row holds all months, and why the snapshots are not held by foreign keys.
"""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import DO_NOTHING, F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from tracker.adoption.states import SnapshotState
from tracker.places.kinds import AreaLevel, Segment
from tracker.places.models import Shop
from tracker.survey.shapes import check_free
from tracker.survey.specs import MEASURES


class CountSnapshot(models.Model):
    """One complete set of counts. Readers see the current one; a rebuild makes the next."""

    state = models.CharField(max_length=8, choices=SnapshotState.choices)
    begun_at = models.DateTimeField()
    made_current_at = models.DateTimeField(null=True)
    # Rises with every refresh, in its transaction: with the key it names a state of the counts.
    refreshes = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state__in=[SnapshotState.BUILDING, SnapshotState.CURRENT]),
                name="one_snapshot_is_current_and_one_is_built",
            ),
            models.CheckConstraint(
                condition=Q(state=SnapshotState.BUILDING, made_current_at=None)
                | Q(made_current_at__gte=F("begun_at")) & ~Q(state=SnapshotState.BUILDING),
                name="a_snapshot_is_current_after_it_was_begun",
            ),
        ]

    def __str__(self) -> str:
        return f"snapshot {self.pk} {self.state}"


class SnapshotPart(models.Model):
    """Some 1 km squares of one city, of a snapshot that is being built; workers share the cities.

    It goes up to the first square of the city's next part.
    """

    snapshot = models.ForeignKey(CountSnapshot, on_delete=models.CASCADE, related_name="parts")
    city_code = models.CharField(max_length=5)
    first_square = models.BigIntegerField(default=0)
    shops = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "city_code", "first_square"],
                name="each_square_is_counted_once_per_snapshot",
            )
        ]

    def __str__(self) -> str:
        return f"part {self.city_code} {self.first_square} of snapshot {self.snapshot_id}"


class CountedShop(models.Model):
    """What of a shop stands in the counts: where it was counted, and its spans of status.

    Moving a shop takes its counts along, because the old place is still known here.
    """

    pk = models.CompositePrimaryKey("snapshot", "shop")
    snapshot = models.ForeignKey(
        CountSnapshot, on_delete=DO_NOTHING, db_constraint=False, db_index=False
    )
    shop = models.ForeignKey(Shop, on_delete=DO_NOTHING, db_constraint=False, db_index=False)
    segment = models.CharField(max_length=20, choices=Segment.choices)
    city = models.IntegerField()  # JIS code
    ward = models.IntegerField()  # JIS code; 0 where not known
    grid250 = models.BigIntegerField()
    spans = models.BinaryField()  # see adoption.packing

    def __str__(self) -> str:
        return f"shop {self.shop_id} in snapshot {self.snapshot_id}"


class AdoptionCount(models.Model):
    """The counts of one area and segment: for each measure, observed and yes of every month.

    Each measure's bytes hold `observed` of every month from `first_month` on, then `yes` of
    the same months, in little-endian whole numbers of `width` bytes; no bytes mean all zero.
    The columns are made here from the survey: `makemigrations` finds a new measure.
    """

    pk = models.CompositePrimaryKey("snapshot", "level", "segment", "area")
    snapshot = models.ForeignKey(
        CountSnapshot, on_delete=DO_NOTHING, db_constraint=False, db_index=False
    )
    level = models.CharField(max_length=8, choices=AreaLevel.choices)
    segment = models.CharField(max_length=20)  # a Segment, or "all"
    area = models.BigIntegerField()  # JIS code of the city, ward or square
    first_month = models.IntegerField()  # see tracker.months
    width = models.SmallIntegerField()
    check_free(MEASURES, {*vars(), *dir(models.Model)}, of="A count")
    vars().update((measure, models.BinaryField(default=b"")) for measure in MEASURES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(width__in=[1, 2, 4]), name="a_number_has_one_two_or_four_bytes"
            ),
            models.CheckConstraint(
                condition=reduce(or_, (~Exact(Length(measure), 0) for measure in MEASURES)),
                name="a_row_of_counts_counts_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.area} {self.segment}"
