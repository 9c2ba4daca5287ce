"""Small makers of rows for tests; straight into the database, no workflow."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
from django.db.models import F

from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.adoption.changes import CountCell
from tracker.adoption.models import AdoptionCount, CountSnapshot
from tracker.adoption.rows import Counts, added, counts_in, row_of
from tracker.adoption.states import SnapshotState
from tracker.fieldwork.entry import Entry, VisitEntry
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures.store import keep
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.kinds import Priority, ReviewReason
from tracker.moderation.models import Flag, Screening
from tracker.moderation.rates import Rate
from tracker.moderation.transitions import Move
from tracker.places.grid import Fix
from tracker.places.kinds import Segment, WardSource
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import Routes
from tracker.survey.specs import MEASURES
from tracker.survey.traits import Trait
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate

NOON = datetime(2026, 3, 14, 3, 0, tzinfo=UTC)  # noon in Tokyo
GINZA = (356_717_000, 1_397_650_000)  # e7, in Chuo, Tokyo (13102)


def make_user(username: str, role: Role) -> User:
    return User.objects.create_user(username=username, password="noren-noren", role=role)


def make_shop(
    name: str = "千歳屋",
    *,
    lat_e7: int = GINZA[0],
    lon_e7: int = GINZA[1],
    segment: Segment = Segment.DRUGSTORE,
    city: str = "13100",
    ward: str | None = "13102",
    grid125: int = 53_394_601_111,
) -> Shop:
    return Shop.objects.create(
        name=name,
        name_folded=name,
        segment=segment,
        lat_e7=lat_e7,
        lon_e7=lon_e7,
        grid125=grid125,
        city_id=city,
        ward_id=ward,
        ward_source=WardSource.ADDRESS if ward else WardSource.UNRESOLVED,
        created_at=NOON,
    )


def make_entry(
    shop: Shop,
    *,
    uuid: UUID | None = None,
    alipay: Answer = Answer.YES,
    wechat_pay: Answer = Answer.NO,
    chinese_staff: Answer = Answer.NOT_CHECKED,
    outcome: Outcome = Outcome.ANSWERED,
    observed_at: datetime = NOON,
    note: str = "",
    evidence: str = "",
    fix: Fix | None = None,
    routes: Routes = (),
    **others: Answer,
) -> VisitEntry:
    """`others`: answers to traits that a promise test has added."""
    given = {"alipay": alipay, "wechat_pay": wechat_pay, "chinese_staff": chinese_staff} | others
    answers = {trait: given.get(trait.value, Answer.NOT_CHECKED) for trait in Trait}
    if outcome != Outcome.ANSWERED:
        answers = dict.fromkeys(Trait, Answer.NOT_CHECKED)
    said = Entry(
        outcome=outcome,
        answers=answers,
        routes=routes,
        evidence=evidence,
        note=note,
        observed_at=observed_at,
        fix=fix,
    )
    return VisitEntry(uuid or uuid4(), shop.pk, said)


def make_visit(shop: Shop, by: User, *, at: datetime = NOON, **answers: Answer | Routes) -> Visit:
    """A submitted visit, through the real workflow."""
    entry = make_entry(shop, observed_at=at, **answers)  # type: ignore[arg-type]
    return visits.submit_visit(entry=entry, by=by, at=at)


def add_visit(
    shop: Shop,
    by: User,
    *,
    at: datetime = NOON,
    state: VisitState = VisitState.APPROVED,
    outcome: Outcome = Outcome.ANSWERED,
    **values: object,
) -> Visit:
    """A row of a visit and nothing else: no decision, no log, no count."""
    fields = {"uuid": uuid4(), "received_at": at, "digest": "0" * 64} | values
    return Visit.objects.create(
        shop=shop, worker=by, observed_at=at, state=state, outcome=outcome, **fields
    )


def add_photo(visit: Visit, *, state: PhotoState = PhotoState.WAITING) -> Photo:
    """A row of a photo; there is no file."""
    sha256 = uuid4().hex * 2
    made = {"large_sha256": sha256, "small_sha256": sha256} if state == PhotoState.READY else {}
    if state == PhotoState.REFUSED:
        made = {"refusal": "unreadable"}
    return Photo.objects.create(
        visit=visit, sha256=sha256, size_bytes=1, state=state, received_at=visit.received_at, **made
    )


def make_approved(
    shop: Shop, by: User, judge: User, *, at: datetime = NOON, **answers: Answer | Routes
) -> Visit:
    """A visit approved a minute after it was received."""
    visit = make_visit(shop, by, at=at, **answers)
    moderate.decide(
        visit=visit,
        revision=visit.revision,
        move=Move.APPROVE,
        reasons=[],
        note="",
        by=judge,
        at=at + timedelta(minutes=1),
    )
    assert visit.state == VisitState.APPROVED
    return visit


def add_count(
    *, level: str, area: int, segment: str, measure: str, month: int, observed: int, yes: int
) -> None:
    """So many more shops in a stored count, from that month on for thirteen months."""
    snapshot, _made = CountSnapshot.objects.get_or_create(
        state=SnapshotState.CURRENT, defaults={"begun_at": NOON, "made_current_at": NOON}
    )
    cell = CountCell(level, segment, area)
    stored = AdoptionCount.objects.filter(snapshot=snapshot, **cell._asdict()).first()
    series = np.zeros((len(MEASURES), 2, 13), dtype=np.int64)
    series[MEASURES.index(measure)] = [[observed], [yes]]
    counts = Counts(month, series)
    row = row_of(snapshot.pk, cell, added(counts_in(stored), counts, cell) if stored else counts)
    assert row is not None
    if stored:
        stored.delete()
    row.save(force_insert=True)
    CountSnapshot.objects.filter(pk=snapshot.pk).update(refreshes=F("refreshes") + 1)


def make_screening(
    visit: Visit, *, priority: Priority = Priority.LOW, revision: int | None = None
) -> Screening:
    """What the worker process thought of the present revision, or of the one given."""
    return Screening.objects.create(
        visit=visit,
        revision=revision or visit.revision,
        review_reason=ReviewReason.RANDOM,
        priority=priority,
        score=0.0,
        rate=0.1,
        at=NOON,
    )


def make_flag(visit: Visit, code: str = "far", *, number: float = 140.0) -> Flag:
    """A reason to look at the present revision."""
    return Flag.objects.create(
        visit=visit,
        revision=visit.revision,
        code=code,
        number=number,
        limit=60.0,
        weight=1.0,
        version=1,
        raised_at=NOON,
    )


def set_rate(key: str, value: float, *, by: User) -> None:
    """A rate of sampling in force from now on."""
    Rate.objects.update_or_create(
        key=key, defaults={"value": value, "changed_at": NOON, "changed_by": by}
    )


def make_photo(visit: Visit) -> Photo:
    """A ready photo; its file is kept."""
    sha256 = keep(b"a photo of " + visit.uuid.bytes)
    return Photo.objects.create(
        visit=visit,
        sha256=sha256,
        size_bytes=27,
        state=PhotoState.READY,
        large_sha256=sha256,
        small_sha256=sha256,
        width=1600,
        height=1200,
        received_at=NOON,
    )
