"""The settings of sampling as people made them; `sampling.RATES` has the defaults."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from tracker.accounts.models import User
from tracker.moderation.sampling import RATES, Rates, rates_from


def _within_bounds() -> Q:
    """A known key with a value in its range."""
    ranges = (
        Q(key=key, value__gte=float(kind.low), value__lte=float(kind.high))
        for key, kind in RATES.items()
    )
    return reduce(or_, ranges)


class Rate(models.Model):
    """One setting that differs from its default, or did."""

    key = models.CharField(max_length=20, unique=True)
    value = models.FloatField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_within_bounds(), name="a_rate_is_known_and_within_its_bounds"
            )
        ]

    def __str__(self) -> str:
        return f"rate {self.key} {self.value}"


def current_rates() -> Rates:
    """What is in force now."""
    return rates_from(dict(Rate.objects.filter(key__in=RATES).values_list("key", "value")))
