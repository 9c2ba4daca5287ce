"""Decisions: every move of a visit from one state to the next, added and never edited."""

from django.db import models
from django.db.models import Q

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.vocabulary import VisitState


class Decision(models.Model):
    """Who moved which revision of a visit from where to where, when and why."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="decisions")
    revision = models.PositiveSmallIntegerField()
    from_state = models.CharField(max_length=12, choices=VisitState.choices)
    to_state = models.CharField(max_length=12, choices=VisitState.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    reasons = models.JSONField(default=list)  # codes of vocabulary.Reason
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            # Holds the race of two moderators: a revision leaves a state once.
            models.UniqueConstraint(
                fields=["visit", "revision", "from_state"],
                name="a_revision_leaves_a_state_once",
            ),
            models.CheckConstraint(
                condition=~Q(from_state=models.F("to_state")), name="a_decision_moves_a_visit"
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk} {self.from_state} to {self.to_state}"
