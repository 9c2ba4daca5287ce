"""Every closed list of the survey, with its labels. A fourth trait begins here."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    FIELDWORKER = "fieldworker", _("Fieldworker")
    MODERATOR = "moderator", _("Moderator")
    ANALYST = "analyst", _("Analyst")
    ADMIN = "admin", _("Administrator")


class ApiScope(TextChoices):
    """What a token of the API may be good for."""

    ADOPTION = "read:adoption", _("Figures, areas and releases")
    SHOPS = "read:shops", _("Shops and their present answers")
    JOBS = "read:jobs", _("Long work and how far it is")


class Trait(TextChoices):
    ALIPAY = "alipay", _("Alipay")
    WECHAT_PAY = "wechat_pay", _("WeChat Pay")
    CHINESE_STAFF = "chinese_staff", _("Chinese-speaking staff")


@dataclass(frozen=True)
class TraitFacts:
    """What belongs to a trait besides its label."""

    osm_tag: str
    question: str | Promise
    help_text: str | Promise


TRAIT_FACTS = {
    Trait.ALIPAY: TraitFacts(
        osm_tag="payment:alipay",
        question=_("Can a customer pay with Alipay?"),
        help_text=_(
            "Look for the blue sign at the door or the till. An Alipay+ sign alone counts too. "
            "A broken terminal is “unsure”: say so in the note."
        ),
    ),
    Trait.WECHAT_PAY: TraitFacts(
        osm_tag="payment:wechat",
        question=_("Can a customer pay with WeChat Pay?"),
        help_text=_(
            "Look for the green sign at the door or the till. "
            "A broken terminal is “unsure”: say so in the note."
        ),
    ),
    Trait.CHINESE_STAFF: TraitFacts(
        osm_tag="language:zh",
        question=_("Does somebody here speak Chinese?"),
        help_text=_("Somebody on shift now. Greeting cards and translation devices do not count."),
    ),
}


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


class Outcome(TextChoices):
    ANSWERED = "answered", _("Answered")
    CLOSED_TODAY = "closed_today", _("Closed today")
    CLOSED_FOR_GOOD = "closed_for_good", _("Closed for good")
    NOT_FOUND = "not_found", _("Cannot be found")
    REPLACED = "replaced", _("Another shop is here now")
    REFUSED = "refused", _("Not let in, or no answer given")


class Notice(TextChoices):
    """What a worker did after being told that the answers differ from last time."""

    KEPT = "kept", _("Told of a difference, answer kept")
    CHANGED = "changed", _("Told of a difference, answer changed")


class NoPhoto(TextChoices):
    """Why there is no photo where one was asked for."""

    NOT_ALLOWED = "not_allowed", _("The shop does not allow photos")
    NO_SIGN = "no_sign", _("There is no sign to photograph")
    CAMERA = "camera", _("The camera does not work")
    OTHER = "other", _("Another reason, see the note")


ENDING_OUTCOMES = frozenset({Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED})


class VisitState(TextChoices):
    SUBMITTED = "submitted", _("Waiting")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


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


class Route(TextChoices):
    """Why an entry waits for a person, or does not."""

    NEW_WORKER = "new_worker", _("One of the first entries of this worker")
    FLAGGED = "flagged", _("Flagged")
    RANDOM = "random", _("Drawn at random")
    AGAIN = "again", _("Sent again, mended or opened again")
    RULE = "rule", _("Approved by rule")


class Band(TextChoices):
    """How closely an entry is looked at; the queue is sorted by it."""

    HIGH = "high", _("Look closely")
    MEDIUM = "medium", _("Look")
    LOW = "low", _("Nothing noticed")


class CheckKind(TextChoices):
    """Why a moderator is shown an entry that was decided before."""

    SECOND_LOOK = "second_look", _("Second look at a decision of somebody else")
    AUDIT = "audit", _("Entry that two moderators agreed on")


class PhotoState(TextChoices):
    WAITING = "waiting", _("Being prepared")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Could not be used")


class Segment(TextChoices):
    DRUGSTORE = "drugstore", _("Drugstore")
    COSMETICS = "cosmetics", _("Cosmetics")
    ELECTRONICS = "electronics", _("Electronics")
    DEPARTMENT_STORE = "department_store", _("Department store")
    FASHION = "fashion", _("Fashion")
    CONVENIENCE = "convenience", _("Convenience store")
    FOOD_SOUVENIR = "food_souvenir", _("Food and souvenirs")
    RESTAURANT = "restaurant", _("Restaurant")
    CAFE = "cafe", _("Café")
    HOTEL = "hotel", _("Hotel")
    OTHER = "other", _("Other")


ALL_SEGMENTS = "all"


class WardSource(TextChoices):
    """How the ward of a shop was known, best first."""

    ADDRESS = "address", _("ward name in the address")
    POSTAL_CODE = "postal_code", _("postal code")
    BOUNDARY = "boundary", _("imported boundary")
    POINT_TABLE = "point_table", _("point look-up")
    SQUARE = "square", _("1 km square that lies in one ward")
    UNRESOLVED = "unresolved", _("not known")


class AreaLevel(TextChoices):
    CITY = "city", _("City")
    WARD = "ward", _("Ward")
    GRID1000 = "grid1000", _("1 km square")
    GRID500 = "grid500", _("500 m square")
    GRID250 = "grid250", _("250 m square")


class Measure(TextChoices):
    ALIPAY = "alipay", _("Alipay")
    WECHAT_PAY = "wechat_pay", _("WeChat Pay")
    CHINESE_STAFF = "chinese_staff", _("Chinese-speaking staff")
    EITHER_WALLET = "either_wallet", _("Alipay or WeChat Pay")


class EditionState(TextChoices):
    """Of a complete set of counts."""

    BUILDING = "building", _("Being counted")
    CURRENT = "current", _("In use")
    PAST = "past", _("Replaced")


class ReleaseState(TextChoices):
    """Of a numbered publication."""

    PROVISIONAL = "provisional", _("Provisional")
    CHECKED = "checked", _("Checked")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class JobState(TextChoices):
    """Of long work that a person can watch."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Failed")
