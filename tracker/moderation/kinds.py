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
    OTHER = "other", _("Other reason (see note)")


class How(TextChoices):
    """In which way a decision came about."""

    SINGLE = "single", _("Reviewed individually")
    BULK = "bulk", _("Approved in bulk")
    RULE = "rule", _("Auto-approved: not sampled for review")


class ReviewReason(TextChoices):
    """Why an entry waits for a person, or does not."""

    NEW_WORKER = "new_worker", _("One of this worker’s first entries")
    FLAGGED = "flagged", _("Flagged")
    RANDOM = "random", _("Random sample")
    AGAIN = "again", _("Resubmitted, corrected or reopened")
    RULE = "rule", _("Auto-approved")


class Priority(TextChoices):
    """How closely an entry is looked at; the queue is sorted by it."""

    HIGH = "high", _("High priority")
    MEDIUM = "medium", _("Medium priority")
    LOW = "low", _("Low priority")


class CheckKind(TextChoices):
    """Why a moderator is shown an entry that was decided before."""

    RE_REVIEW = "second_look", _("Re-review of another moderator’s decision")
    AUDIT = "audit", _("Entry on which two moderators agreed")
