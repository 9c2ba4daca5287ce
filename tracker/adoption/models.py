"""The integers behind every share, and the spans of status they were counted from."""

from django.db import models
from django.db.models import F, Q

from tracker.places.models import Shop
from tracker.vocabulary import AreaLevel, Measure, Segment


class ShopSpan(models.Model):
    """The months in which a shop has a live status for a measure, as now counted.

    It also keeps where the shop was counted, so that moving a shop takes its counts along.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="spans")
    measure = models.CharField(max_length=16, choices=Measure.choices)
    first_month = models.IntegerField()  # see tracker.months
    last_month = models.IntegerField()  # inclusive
    is_yes = models.BooleanField()
    segment = models.CharField(max_length=20, choices=Segment.choices)
    city_code = models.CharField(max_length=5)
    ward_code = models.CharField(max_length=5, default="", blank=True)
    grid250 = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "measure", "first_month"], name="one_status_per_shop_and_month"
            ),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="a_span_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"span of shop {self.shop_id} {self.measure} {self.first_month}-{self.last_month}"


class AdoptionCount(models.Model):
    """How the counts of one cell change at the beginning of a month.

    `observed` and `yes` of a month are the running sums up to it. Kept as changes, one
    decision touches a handful of rows whatever the number of months.
    """

    level = models.CharField(max_length=8, choices=AreaLevel.choices)
    area = models.BigIntegerField()  # JIS code of the city, ward or square
    segment = models.CharField(max_length=20)  # a Segment, or "all"
    measure = models.CharField(max_length=16, choices=Measure.choices)
    month = models.IntegerField()
    observed_change = models.IntegerField()
    yes_change = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "segment", "measure", "area", "month"],
                name="one_change_per_cell_and_month",
            ),
            models.CheckConstraint(
                condition=~Q(observed_change=0, yes_change=0), name="a_change_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.area} {self.segment} {self.measure} {self.month}"
