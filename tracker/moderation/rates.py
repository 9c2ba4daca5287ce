"""The settings of sampling as people made them; `sampling.RATES` has the defaults."""

from django.db import models
from django.db.models import Q

from tracker.accounts.models import User
from tracker.moderation.sampling import RATES, Rates, rates_from


class Rate(models.Model):
    """One setting that differs from its default, or did."""

    key = models.CharField(max_length=20, unique=True)
    value = models.FloatField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="a_rate_is_not_negative")
        ]

    def __str__(self) -> str:
        return f"rate {self.key} {self.value}"


def current_rates() -> Rates:
    """What is in force now."""
    return rates_from(dict(Rate.objects.filter(key__in=RATES).values_list("key", "value")))
