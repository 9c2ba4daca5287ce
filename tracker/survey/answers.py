"""What may be answered, how the worker knows, and what belongs to an answer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(TextChoices):
    """*Not checked* is not *no*: never a nullable boolean."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")
    UNSURE = "unsure", pgettext_lazy("answer", "Unsure")
    NOT_CHECKED = "not_checked", pgettext_lazy("answer", "Not checked")


class Evidence(TextChoices):
    DOOR_SIGN = "door_sign", _("Sign at the door")
    TILL_SIGN = "till_sign", _("Sign at the till")
    ASKED = "asked", _("Asked")
    SAW_PAID = "saw_paid", _("Saw somebody pay")


class Notice(TextChoices):
    """What a worker did after being told that the answers differ from last time."""

    KEPT = "kept", _("Prompted about a difference, answer kept")
    CHANGED = "changed", _("Prompted about a difference, answer changed")


class NoPhoto(TextChoices):
    """Why there is no photo where one was asked for."""

    NOT_ALLOWED = "not_allowed", _("The shop does not allow photos")
    NO_SIGN = "no_sign", _("There is no sign to photograph")
    CAMERA = "camera", _("The camera does not work")
    OTHER = "other", _("Other reason (see note)")
