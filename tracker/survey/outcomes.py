"""How a visit ended at the door."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    ANSWERED = "answered", _("Answered")
    CLOSED_TODAY = "closed_today", _("Closed today")
    CLOSED_FOR_GOOD = "closed_for_good", _("Permanently closed")
    NOT_FOUND = "not_found", _("Cannot be found")
    REPLACED = "replaced", _("Another shop is here now")
    REFUSED = "refused", _("Refused (not let in, or no answer given)")


ENDING_OUTCOMES = frozenset({Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED})
