"""Administrators add public claims and take them off; none is changed once it was read."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Conflict, Invalid
from tracker.places.kinds import ALL_SEGMENTS, Segment
from tracker.publication.claims import actions
from tracker.publication.claims.models import PublicClaim
from tracker.survey.specs import MEASURES

TAKEN = ("manage", "first")  # below /claims/ these lead to pages of their own


@dataclass(frozen=True)
class ClaimEntry:
    """A claim as it is typed in; see PublicClaim."""

    slug: str
    text_ja: str
    text_zh_hans: str
    text_en: str
    reading_ja: str
    reading_zh_hans: str
    reading_en: str
    source: str
    source_url: str
    measures: list[str]
    segment: str
    at_least: int


@transaction.atomic
def add_claim(*, entry: ClaimEntry, by: User, at: datetime) -> PublicClaim:
    """Show a claim from now on. Raises Refused, Invalid; an address is given once."""
    check_may(by, Action.PUBLISH)
    _check(entry)
    try:
        with transaction.atomic():
            claim = actions.add_claim(by=by, at=at, **asdict(entry))
    except IntegrityError:
        raise Invalid(
            _("This short name is already used by a claim. Choose another."), field="slug"
        ) from None
    log.record(
        kind="claim_added",
        actor=by,
        subject_type="claim",
        subject_id=claim.slug,
        at=at,
        facts={"at_least": claim.at_least, "measures": claim.measures, "segment": claim.segment},
    )
    return claim


@transaction.atomic
def end_claim(*, claim: PublicClaim, by: User, at: datetime) -> None:
    """Show a claim no longer. Raises Refused; Conflict where that was done before."""
    check_may(by, Action.PUBLISH)
    if not actions.end_claim(claim=claim, at=at):
        raise Conflict(_("This claim has already been removed."))
    log.record(kind="claim_ended", actor=by, subject_type="claim", subject_id=claim.slug, at=at)


def _check(entry: ClaimEntry) -> None:
    """What the database cannot say."""
    if entry.slug in TAKEN:
        raise Invalid(_("This short name is already used by a page. Choose another."), field="slug")
    if not entry.measures or set(entry.measures) - set(MEASURES):
        raise Invalid(_("Choose at least one measure."), field="measures")
    if entry.segment not in (ALL_SEGMENTS, *Segment.values):
        raise Invalid(_("Unknown kind of shop."), field="segment")
    if not 1 <= entry.at_least <= 100:
        raise Invalid(_("Enter a share from 1 to 100 per cent."), field="at_least")
