"""Who a person is, and what a token may be good for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    FIELDWORKER = "fieldworker", _("Fieldworker")
    MODERATOR = "moderator", _("Moderator")
    ANALYST = "analyst", _("Analyst")
    ADMIN = "admin", _("Administrator")


class ApiScope(TextChoices):
    """What a token of the API may be good for."""

    ADOPTION = "read:adoption", _("Figures, areas and releases")
    SHOPS = "read:shops", _("Shops and their current answers")
    JOBS = "read:jobs", _("Long tasks and their progress")
