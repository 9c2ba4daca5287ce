"""What was recorded at the door. The interface calls a visit an entry."""

import uuid
from datetime import UTC, datetime
from functools import reduce
from operator import and_

from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import User
from tracker.fieldwork.kinds.several import fix_in, parts_of
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.places.grid import Fix
from tracker.places.models import Shop
from tracker.survey.answers import Answer, Evidence, NoPhoto, Notice
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import ALL_BITS, Routes, routes_in
from tracker.survey.shapes import check_free
from tracker.survey.specs import TRAITS

# A visit is counted as one whole number that holds its second in 31 bits, from 2000 on.
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2068, 1, 1, tzinfo=UTC)


class Visit(models.Model):
    """What one fieldworker recorded of one shop at one moment, in its newest revision.

    One column per trait, made here from the survey: `makemigrations` finds a new one. What was
    recorded before it is not checked. `observed_at` is phone time corrected by the clock offset,
    and never later than `received_at`.
    """

    uuid = models.UUIDField(unique=True)  # made on the phone
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="visits")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="visits")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    check_free(TRAITS, {*vars(), *dir(models.Model)}, of="A visit")
    vars().update(
        (trait, models.CharField(max_length=12, choices=Answer.choices, default=Answer.NOT_CHECKED))
        for trait in TRAITS
    )
    # What was seen at the till, as bits of survey/routes.py: 0 for nothing, NULL: not asked.
    routes = models.PositiveSmallIntegerField(null=True)
    evidence = models.CharField(max_length=12, choices=Evidence.choices, default="", blank=True)
    note = models.TextField(default="", blank=True)
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # when the form was opened
    lat_e7 = models.IntegerField(null=True)
    lon_e7 = models.IntegerField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    # What only the field app knows; empty for an entry of the web form.
    open_lat_e7 = models.IntegerField(null=True)  # where the form was opened
    open_lon_e7 = models.IntegerField(null=True)
    open_accuracy_m = models.PositiveIntegerField(null=True)
    device_time = models.DateTimeField(null=True)  # as the phone's clock said it
    clock_offset_ms = models.BigIntegerField(null=True)  # server minus phone; may be decades
    filled_ms = models.PositiveIntegerField(null=True)  # from open to save, by a monotonic clock
    notice = models.CharField(
        max_length=8, choices=Notice.choices, default="", db_default="", blank=True
    )
    no_photo = models.CharField(
        max_length=12, choices=NoPhoto.choices, default="", db_default="", blank=True
    )
    photos_declared = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # whole once so many are here
    state = models.CharField(
        max_length=12, choices=VisitState.choices, default=VisitState.SUBMITTED
    )
    revision = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)  # of the content as sent: same again, same receipt

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(observed_at__lte=F("received_at")),
                name="a_visit_is_observed_before_it_is_received",
            ),
            models.CheckConstraint(
                condition=Q(observed_at__gte=FIRST_MOMENT, observed_at__lt=LAST_MOMENT),
                name="a_visit_is_observed_in_our_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="an_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=VisitState.values), name="a_visit_state_is_known"
            ),
            models.CheckConstraint(
                condition=reduce(and_, (Q(**{f"{trait}__in": Answer.values}) for trait in TRAITS)),
                name="every_answer_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ANSWERED)
                | Q(**dict.fromkeys(TRAITS, Answer.NOT_CHECKED)),
                name="only_an_answered_visit_has_answers",
            ),
            models.CheckConstraint(
                condition=Q(routes=None) | Q(routes__gte=0, routes__lte=ALL_BITS),
                name="every_route_is_known",
            ),
            models.CheckConstraint(
                condition=Q(routes=None) | Q(outcome=Outcome.ANSWERED),
                name="only_an_answered_visit_has_routes",
            ),
            models.CheckConstraint(
                condition=Q(lat_e7=None, lon_e7=None)
                | Q(lat_e7__isnull=False, lon_e7__isnull=False),
                name="a_fix_has_both_coordinates",
            ),
            models.CheckConstraint(
                condition=Q(open_lat_e7=None, open_lon_e7=None)
                | Q(open_lat_e7__isnull=False, open_lon_e7__isnull=False),
                name="a_first_fix_has_both_coordinates",
            ),
            models.CheckConstraint(
                condition=Q(notice__in=["", *Notice.values]), name="a_notice_is_known"
            ),
            models.CheckConstraint(
                condition=Q(no_photo__in=["", *NoPhoto.values]),
                name="a_reason_for_no_photo_is_known",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="a_revision_counts_from_one"),
        ]
        indexes = [
            models.Index(
                fields=["shop", "observed_at", "received_at", "id"],
                condition=Q(state=VisitState.APPROVED),
                name="approved_visits_in_order",
            ),
            # Ten thousand waiting entries are put in order and counted from it alone.
            models.Index(
                fields=["state", "received_at", "id", "worker", "revision"], name="visits_by_state"
            ),
            models.Index(fields=["worker", "-received_at"], name="visits_by_worker"),
        ]

    def __str__(self) -> str:
        return f"visit {self.uuid} r{self.revision} {self.state}"

    @property
    def answers(self) -> dict[str, str]:
        """Trait → answer, in the order of the traits."""
        return {trait: getattr(self, trait) for trait in TRAITS}

    @property
    def seen_routes(self) -> Routes:
        """What was at the till; none at all where it was not asked."""
        return routes_in(self.routes)

    @property
    def fixes(self) -> dict[str, Fix]:
        """Where the phone was at saving and at opening, as far as it told."""
        found = {}
        for name in ("fix", "open_fix"):
            fix = fix_in({part: getattr(self, part) for part in parts_of(name)}, name)
            if fix:
                found[name] = fix
        return found


# What stands below the answers would have taken the place of one of the same name.
_answered = {field.name for field in Visit._meta.fields if field.choices == Answer.choices}
check_free(TRAITS, set(TRAITS) - _answered, of="A visit")


class VisitRevision(models.Model):
    """The content of a visit as it was sent once. Never edited, never deleted."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    # SHA-256 of the bytes a phone sent; empty for the web form. The same again, the same receipt.
    sent_sha256 = models.CharField(max_length=64, default="", db_default="", blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="one_content_per_revision")
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of visit {self.visit_id}"


class Photo(models.Model):
    """A photo of a visit. Files are content-addressed below PHOTO_ROOT; originals are private."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)  # of the bytes received
    size_bytes = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=PhotoState.choices, default=PhotoState.WAITING)
    refusal = models.CharField(max_length=200, default="", blank=True)  # a code, see photos.py
    large_sha256 = models.CharField(max_length=64, default="", blank=True)  # 1600 px
    small_sha256 = models.CharField(max_length=64, default="", blank=True)  # 320 px
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # 64 bits as 16 hexadecimal digits: pictures that look alike differ in few of them.
    perceptual_hash = models.CharField(max_length=16, default="", db_default="", blank=True)
    attempts = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # counted before each decoding
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "sha256"], name="the_same_photo_once_per_visit"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=PhotoState.READY)
                    & ~Q(large_sha256="")
                    & ~Q(small_sha256="")
                    & Q(refusal="")
                )
                | (Q(state=PhotoState.REFUSED) & ~Q(refusal=""))
                | Q(state=PhotoState.WAITING, refusal="", large_sha256="", small_sha256=""),
                name="a_photo_is_waiting_ready_or_refused",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="photos_by_file"),
            models.Index(fields=["large_sha256"], name="photos_by_pixels"),
            models.Index(fields=["-received_at"], name="photos_by_receipt"),
        ]

    def __str__(self) -> str:
        return f"photo {self.uuid} {self.state}"
