"""Claims of the public that are checked against the figures."""

from django.db import models
from django.db.models import Q

from tracker.accounts.models import User
from tracker.places.kinds import ALL_SEGMENTS


class PublicClaim(models.Model):
    """What somebody said in public about shops in the cities, and how it is read.

    It holds where in each city each of `measures` reaches `at_least` per cent of the shops.
    """

    slug = models.SlugField(max_length=60, db_index=False)  # its address for good
    text_ja = models.CharField(max_length=300)
    text_zh_hans = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    reading_ja = models.CharField(max_length=300)  # what its words are taken to mean
    reading_zh_hans = models.CharField(max_length=300)
    reading_en = models.CharField(max_length=300)
    source = models.CharField(max_length=300)  # who said it, where and when
    source_url = models.URLField(default="", blank=True)
    measures = models.JSONField()  # values of Measure, at least one
    segment = models.CharField(max_length=20, default=ALL_SEGMENTS)
    at_least = models.PositiveSmallIntegerField()  # per cent
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # not shown since

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="a_claim_has_its_address_alone"),
            models.CheckConstraint(
                condition=Q(at_least__gte=1, at_least__lte=100),
                name="a_claim_asks_for_a_share_of_shops",
            ),
            models.CheckConstraint(
                condition=~(Q(text_ja="") | Q(text_zh_hans="") | Q(text_en="")),
                name="a_claim_has_words_in_every_language",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
