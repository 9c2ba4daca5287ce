"""What came before the thing it follows, kept until that has come."""

from django.db import models

from tracker.accounts.models import User


class ParkedEntry(models.Model):
    """An entry that came before what it follows: kept, and applied once that has come.

    `waits_for` names it: `visit UUID REVISION`, or `shop UUID`.
    """

    uuid = models.UUIDField()
    revision = models.PositiveSmallIntegerField()
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="parked_entries")
    waits_for = models.CharField(max_length=60, db_index=True)
    content = models.JSONField()  # as the phone sent it, opened
    sent_sha256 = models.CharField(max_length=64)
    observed_at = models.DateTimeField()
    clock_offset_ms = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["uuid", "revision"], name="a_revision_is_parked_once")
        ]

    def __str__(self) -> str:
        return f"parked entry {self.uuid} r{self.revision} waits for {self.waits_for}"


class ParkedPhoto(models.Model):
    """A photo that came before its entry. Its file is kept already."""

    visit_uuid = models.UUIDField()
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="parked_photos")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit_uuid", "sha256"], name="a_photo_is_parked_once")
        ]

    def __str__(self) -> str:
        return f"parked photo {self.sha256[:12]} of {self.visit_uuid}"
