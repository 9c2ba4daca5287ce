"""Visits made again and decisions made again, each beside the first one."""

from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import CheckKind

JUDGED = (VisitState.APPROVED, VisitState.RETURNED, VisitState.REJECTED)


class ReinterviewDraw(models.Model):
    """One day's approved visits have been drawn from. A day is drawn from once."""

    day = models.DateField(unique=True)  # of the approvals, Asia/Tokyo
    visits = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn__lte=F("visits")), name="no_more_is_drawn_than_there_is"
            )
        ]

    def __str__(self) -> str:
        return f"draw of {self.day}: {self.drawn} of {self.visits}"


class Reinterview(models.Model):
    """A shop that another worker visits again, not knowing what was answered.

    Open while `closed_at` is empty; done where a second visit came in time; else it lapsed.
    """

    first = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="reinterview")
    second = models.OneToOneField(
        Visit, on_delete=models.PROTECT, null=True, related_name="reinterview_of"
    )
    drawn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("first")),
                name="a_visit_is_not_its_own_reinterview",
            ),
            models.CheckConstraint(
                condition=Q(second=None) | Q(closed_at__isnull=False),
                name="a_reinterview_that_was_made_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("drawn_at")), name="a_reinterview_is_due_after_its_draw"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="open_reinterviews")
        ]

    def __str__(self) -> str:
        return f"re-interview of visit {self.first_id}"


class SpotCheck(models.Model):
    """A decided entry shown again to another moderator, who does not know what was decided.

    `expected` is what was decided; nothing follows for the entry from `answer`.
    """

    moderator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="spot_checks")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="spot_checks")
    revision = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=CheckKind.choices)
    expected = models.CharField(max_length=12, choices=VisitState.choices)
    drawn_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=VisitState.choices, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    objection = models.TextField(default="", blank=True)  # why the moderator stays with it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["moderator", "visit", "revision"], name="a_moderator_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=JUDGED, answered_at__isnull=False),
                name="an_answered_check_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(expected__in=JUDGED), name="a_check_expects_a_judgement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of visit {self.visit_id} by {self.moderator_id}"

    @property
    def is_agreed(self) -> bool:
        return self.answer == self.expected
