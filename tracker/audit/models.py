"""Rows of the log. No foreign keys: the log outlives what it speaks about."""

from django.db import models


class AuditEvent(models.Model):
    """One act. `digest` covers every column and the digest of the row before it."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)  # empty for timed jobs
    actor_name = models.CharField(max_length=150)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            # Two rows may not follow the same one: the chain cannot fork.
            models.UniqueConstraint(fields=["previous_digest"], name="the_trail_does_not_fork"),
            models.UniqueConstraint(fields=["digest"], name="a_trail_digest_is_unique"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="trail_by_subject")]

    def __str__(self) -> str:
        return f"event {self.pk} {self.kind} {self.subject_type} {self.subject_id}"


class LogHead(models.Model):
    """One row: the digest that the next event follows. Locking it puts writers in line."""

    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="the_log_has_one_head")
        ]

    def __str__(self) -> str:
        return f"log head {self.digest[:12]}"
