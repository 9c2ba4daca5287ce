"""Where a complete set of counts stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SnapshotState(TextChoices):
    """Of a complete set of counts."""

    BUILDING = "building", _("Being counted")
    CURRENT = "current", _("In use")
    PAST = "past", _("Replaced")
