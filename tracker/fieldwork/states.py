"""Where an entry stands, and where a photo stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitState(TextChoices):
    SUBMITTED = "submitted", _("Waiting")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PhotoState(TextChoices):
    WAITING = "waiting", _("Processing")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Unusable photo")
