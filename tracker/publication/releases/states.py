"""Where a release stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReleaseState(TextChoices):
    """Of a numbered publication."""

    PROVISIONAL = "provisional", _("Provisional")
    CHECKED = "checked", _("Checked")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
