"""Areas and shops. Coordinates are whole 1e-7 degrees, so that grid codes are exact."""

import uuid

from django.db import models
from django.db.models import F, Q

from tracker.places.kinds import Segment, WardSource


class Area(models.Model):
    """A city or one of its wards, keyed on its JIS X 0402 code, never on its name.

    Which there are stands in the files of `places.atlas`; `migrate` brings them in.
    """

    code = models.CharField(max_length=5, primary_key=True)
    city = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="wards")
    name_ja = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    name_zh_hans = models.CharField(max_length=40)
    boundary = models.JSONField(null=True)  # GeoJSON (Multi)Polygon, degrees
    boundary_source = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code=F("city")), name="an_area_is_not_its_own_city")
        ]

    def __str__(self) -> str:
        return f"area {self.code} {self.name_en}"


class Shop(models.Model):
    """One place of business at one spot, on one floor."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=200, blank=True)  # empty: a shop without a name
    name_ja = models.CharField(max_length=200, default="", blank=True)
    name_en = models.CharField(max_length=200, default="", blank=True)
    name_zh_hans = models.CharField(max_length=200, default="", blank=True)
    name_folded = models.CharField(max_length=200, default="", blank=True, db_index=True)
    branch = models.CharField(max_length=100, default="", blank=True)
    brand = models.CharField(max_length=100, default="", blank=True)
    floor = models.CharField(max_length=10, default="", blank=True)
    address = models.CharField(max_length=300, default="", blank=True)
    postal_code = models.CharField(max_length=7, default="", blank=True)
    segment = models.CharField(max_length=20, choices=Segment.choices)
    lat_e7 = models.IntegerField()
    lon_e7 = models.IntegerField()
    grid125 = models.BigIntegerField()  # JIS X 0410, 11 digits; // 10, 100, 1000 give the parents
    city = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="shops")
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="ward_shops")
    ward_source = models.CharField(max_length=20, choices=WardSource.choices)
    ward_candidates = models.JSONField(default=list)  # codes, where the ward is not known
    ward_doubt = models.CharField(max_length=200, default="", blank=True)  # sources that disagree
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("tracker.User", on_delete=models.PROTECT, null=True)
    # The same shop, listed twice: its visits count for the other one.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_shops", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ward=None, ward_source=WardSource.UNRESOLVED)
                | Q(ward__isnull=False) & ~Q(ward_source=WardSource.UNRESOLVED),
                name="a_ward_and_how_it_was_known_go_together",
            ),
            models.CheckConstraint(
                condition=Q(lat_e7__range=(200_000_000, 460_000_000))
                & Q(lon_e7__range=(1_220_000_000, 1_540_000_000)),
                name="a_shop_is_in_japan",
            ),
            models.CheckConstraint(
                condition=Q(segment__in=Segment.values), name="a_segment_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(city=F("ward")), name="the_ward_of_a_shop_is_not_its_city"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="a_shop_is_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["lat_e7", "lon_e7"], name="shops_by_place"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="merged_shops_by_survivor",
            ),
        ]

    def __str__(self) -> str:
        return f"shop {self.pk} {self.name}"


class ShopChange(models.Model):
    """What counted of a shop before it was moved, filed anew or merged. Added, never edited.

    With it a figure can be counted again as it was known on an earlier day.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("tracker.User", on_delete=models.PROTECT, null=True)
    segment = models.CharField(max_length=20, choices=Segment.choices)
    city = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    grid125 = models.BigIntegerField()
    lat_e7 = models.IntegerField()
    lon_e7 = models.IntegerField()
    merged_into = models.ForeignKey(
        Shop, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["shop", "at", "id"], name="changes_of_a_shop_in_order")]

    def __str__(self) -> str:
        return f"shop {self.shop_id} before {self.at:%F}"


class DuplicatePair(models.Model):
    """Two listed shops that may be one. `shop` has the smaller id, so that a pair is kept once."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    likeness = models.FloatField()  # of the folded names, 0 to 1
    metres = models.FloatField()
    found_at = models.DateTimeField()
    # Somebody looked: these are two shops. Never offered again.
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey("tracker.User", on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "other"], name="a_pair_of_shops_is_kept_once"),
            models.CheckConstraint(
                condition=Q(shop__lt=F("other")), name="the_smaller_id_of_a_pair_comes_first"
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at=None, dismissed_by=None)
                | Q(dismissed_at__isnull=False, dismissed_by__isnull=False),
                name="a_dismissal_has_its_time_and_its_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-likeness", "metres"],
                condition=Q(dismissed_at=None),
                name="open_pairs_by_likeness",
            )
        ]

    def __str__(self) -> str:
        return f"shops {self.shop_id} and {self.other_id}, alike by {self.likeness:.2f}"


OSM_DATASET = "osm"


class Source(models.Model):
    """Where a shop was learnt from: one row of one dataset. The identity of an import."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="sources")
    dataset = models.CharField(max_length=100)  # OSM_DATASET, or the name given to the import
    external_id = models.CharField(max_length=100)  # "node/123", or a digest of the row
    licence = models.CharField(max_length=200, default="", blank=True)
    tags = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)  # of the row as read: equal means unchanged
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "external_id"], name="one_shop_per_row_of_a_dataset"
            )
        ]

    def __str__(self) -> str:
        return f"source {self.dataset} {self.external_id}"
