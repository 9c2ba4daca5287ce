"""Decisions: every move of a visit from one state to the next, added and never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import How, Priority, ReviewReason


class Decision(models.Model):
    """Who moved which revision of a visit from where to where, when and why."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="decisions")
    revision = models.PositiveSmallIntegerField()
    from_state = models.CharField(max_length=12, choices=VisitState.choices)
    to_state = models.CharField(max_length=12, choices=VisitState.choices)
    # Empty where a rule approved what was not drawn for review.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="decisions")
    how = models.CharField(
        max_length=8, choices=How.choices, default=How.SINGLE, db_default=How.SINGLE
    )
    seconds = models.PositiveIntegerField(null=True)  # the entry was on the screen
    at = models.DateTimeField()
    reasons = models.JSONField(default=list)  # values of kinds.Reason
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
            models.CheckConstraint(
                condition=Q(how=How.RULE, by=None, to_state=VisitState.APPROVED)
                | ~Q(how=How.RULE) & Q(by__isnull=False),
                name="a_decision_is_by_a_person_or_by_rule",
            ),
        ]
        indexes = [models.Index(fields=["by", "at"], name="decisions_by_person")]

    def __str__(self) -> str:
        return f"decision {self.pk} {self.from_state} to {self.to_state}"

    @property
    def actor_name(self) -> str:
        """Who decided, for people to read."""
        return self.by.username if self.by else str(_("automatic"))


class Flag(models.Model):
    """A reason to look harder at one revision, with the number that raised it. Never a verdict."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="flags")
    revision = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24)  # a key of the table of flags
    number = models.FloatField()  # what was measured
    limit = models.FloatField()  # what it was compared with
    facts = models.JSONField(default=dict)  # what else its sentence names
    weight = models.FloatField()  # its part in the score
    version = models.PositiveSmallIntegerField()  # of the rule
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "revision", "code"], name="a_flag_is_raised_once_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"flag {self.code} on visit {self.visit_id} r{self.revision}"


class Screening(models.Model):
    """What became of one revision before a person looked: its priority, and why it waits or not."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="screenings")
    revision = models.PositiveSmallIntegerField()
    review_reason = models.CharField(max_length=12, choices=ReviewReason.choices)
    priority = models.CharField(max_length=8, choices=Priority.choices)
    score = models.FloatField()
    rate = models.FloatField()  # the share of review that was in force for this worker, 0 to 1
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "revision"], name="a_revision_is_screened_once"
            ),
            models.CheckConstraint(
                condition=Q(review_reason__in=ReviewReason.values), name="a_review_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="a_priority_is_known"
            ),
        ]

    def __str__(self) -> str:
        why = f"{self.review_reason}, {self.priority}"
        return f"screening of visit {self.visit_id} r{self.revision}: {why}"


class Lease(models.Model):
    """A moderator has this entry on the desk for a while; nobody else is offered it."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="lease")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="leases")
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("taken_at")),
                name="a_claim_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"claim of {self.by_id} on visit {self.visit_id}"


class Skip(models.Model):
    """A moderator put this revision at the end of the own queue, nobody else's."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="skips")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="skips")
    revision = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "by"], name="an_entry_is_skipped_once_by_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"skip of visit {self.visit_id} r{self.revision} by {self.by_id}"


class Correction(models.Model):
    """What a moderator changed in an entry, and why. `revision` is the one that it made.

    `changes`: field → [old value, new value], as codes.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="corrections")
    revision = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    changes = models.JSONField()
    reasons = models.JSONField()  # values of kinds.Reason
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "revision"], name="a_revision_is_one_correction"
            ),
            models.CheckConstraint(
                condition=Q(revision__gt=1), name="a_correction_follows_what_was_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"correction of visit {self.visit_id}: r{self.revision}"
