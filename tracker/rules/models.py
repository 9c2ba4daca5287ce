"""Rules about routes. They are added and ended, never edited: what was known stays known."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from tracker.accounts.models import User
from tracker.survey.route_specs import ROUTE_SPECS

PAIRS = [(spec.code, trait) for spec in ROUTE_SPECS for trait in spec.can_give]


class AcceptanceRule(models.Model):
    """Whoever has this route can be paid with this wallet, from a day on.

    Days are days in Asia/Tokyo. Without a first day it is announced and gives nothing.
    """

    route = models.CharField(max_length=20)  # a code of survey/routes.py
    trait = models.CharField(max_length=20)  # a code of survey/traits.py
    first_day = models.DateField(null=True, blank=True)
    exceptions = models.TextField(default="", blank=True)
    source = models.TextField()
    read_on = models.DateField()  # the day on which somebody read the source
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (Q(route=route, trait=trait) for route, trait in PAIRS)),
                name="a_rule_gives_what_its_route_can_give",
            )
        ]

    def __str__(self) -> str:
        return f"rule {self.pk}: {self.route} gives {self.trait} from {self.first_day}"


class RuleEnd(models.Model):
    """From here on it is known that a rule ends with this day; None: it does not end after all.

    The newest of a rule is valid. The day before the first day of the rule: it never applied.
    """

    rule = models.ForeignKey(AcceptanceRule, on_delete=models.PROTECT, related_name="ends")
    last_day = models.DateField(null=True, blank=True)
    reason = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"rule {self.rule_id} ends with {self.last_day}"
