"""What has to be done after a commit, and what became of it."""

from django.db import models
from django.db.models import F, Q


class OutboxMessage(models.Model):
    """One piece of work. `handler` names a function of `workflows.dispatch`; it may run twice."""

    handler = models.CharField(max_length=60)
    about = models.CharField(max_length=64)  # the id of the shop, photo … it works on
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)  # given up after the last attempt
    last_error = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(set_aside_at=None),
                name="a_message_is_done_or_set_aside",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("created_at")), name="a_message_is_due_after_it_is_made"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at=None, set_aside_at=None),
                name="open_messages_by_due",
            ),
            models.Index(fields=["handler", "done_at"], name="messages_by_handler_and_end"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} {self.handler}({self.about})"
