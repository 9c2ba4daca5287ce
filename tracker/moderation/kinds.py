"""Closed lists of moderation: reasons, roads to a decision, priorities, kinds of checks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Why a moderator sent an entry back or refused it; shown to the worker."""

    PHOTO_UNREADABLE = "photo_unreadable", _("The photo cannot be read")
    SIGN_NOT_VISIBLE = "sign_not_visible", _("The sign is not in the photo")
    WRONG_SHOP = "wrong_shop", _("This is another shop")
    TOO_FAR = "too_far", _("Logged too far from the shop")
    CONTRADICTS_PHOTO = "contradicts_photo", _("The answer and the photo disagree")
    DUPLICATE = "duplicate", _("The same visit was logged twice")
    FACE_VISIBLE = "face_visible", _("A face can be recognised in the photo")
    INCOMPLETE = "incomplete", _("Something is missing")
    OTHER = "other", _("Another reason, see the note")


class How(TextChoices):
    """In which way a decision came about."""

    SINGLE = "single", _("One entry on the screen")
    BULK = "bulk", _("One of several approved together")
    RULE = "rule", _("By rule: not chosen for review")


class ReviewReason(TextChoices):
    """Why an entry waits for a person, or does not."""

    NEW_WORKER = "new_worker", _("One of the first entries of this worker")
    FLAGGED = "flagged", _("Flagged")
    RANDOM = "random", _("Drawn at random")
    AGAIN = "again", _("Sent again, mended or opened again")
    RULE = "rule", _("Approved by rule")


class Priority(TextChoices):
    """How closely an entry is looked at; the queue is sorted by it."""

    HIGH = "high", _("Look closely")
    MEDIUM = "medium", _("Look")
    LOW = "low", _("Nothing noticed")


class CheckKind(TextChoices):
    """Why a moderator is shown an entry that was decided before."""

    RE_REVIEW = "second_look", _("Second look at a decision of somebody else")
    AUDIT = "audit", _("Entry that two moderators agreed on")
