"""Simulated workers, honest ones and cheats, through the real workflows, day after day.

Real: accounts, handing in, adding photos, screening, approval by rule, log and outbox. Left out:
registering shops one by one, the child process that decodes a photo (its own function is called
instead), sealing and batches, notifications, and the hurry: a day is one transaction.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.demo.invented.tills import invent_till, seen_at
from tracker.demo.simulated.entries import Draft
from tracker.demo.simulated.pictures import photo_of
from tracker.demo.simulated.plan import Season, SeasonStory, tell
from tracker.demo.simulated.town import Front
from tracker.errors import Refused
from tracker.fieldwork.actions import settle_photo
from tracker.fieldwork.draw import key_of, period_of
from tracker.fieldwork.due import is_drawn
from tracker.fieldwork.entry import Entry, VisitEntry
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures import store
from tracker.fieldwork.pictures.decoder import decode
from tracker.fieldwork.states import PhotoState
from tracker.outbox.actions import finish_all, without_notifying
from tracker.outbox.queries import open_messages
from tracker.places.atlas.cities import city_of
from tracker.places.grid import grid125
from tracker.places.kinds import WardSource
from tracker.places.matching import fold
from tracker.places.models import Shop, Source
from tracker.places.queries import DEMO_DATASET
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait
from tracker.workflows.counting.counts import silent
from tracker.workflows.counting.rebuild_here import rebuild_here
from tracker.workflows.entries import visits
from tracker.workflows.entries.photos import add_photo
from tracker.workflows.judging.screen import screen_visits
from tracker.workflows.people import people

Progress = Callable[[int, int], None]
EVERY_PHOTO = 1.0
LISTED_BEFORE = timedelta(days=60)  # the shops are known when the season begins
EVENING = timedelta(hours=1)  # after the last receipt of a day the day is screened


@dataclass
class SimulatedSite:
    """What was made of the story: people and shops by their numbers, entries by their UUID."""

    season: Season
    photos: float  # the share of honest photos that is really drawn and sent
    workers: list[User]
    shops: dict[int, Shop]
    drafts: dict[UUID, Draft] = field(default_factory=dict)
    unsent: set[int] = field(default_factory=set)  # shops whose photo was left out


def simulate(*, season: Season, photos: float, progress: Progress) -> SimulatedSite:
    """Fill an empty site; Refused beside other shops and in production.

    `photos`: the share of honest photos that is sent, 0 to 1; for the others the worker gives a
    reason. Photos of re-users are all sent.
    """
    if settings.PRODUCTION or Shop.objects.exists():
        raise Refused(_("There are shops already. The simulation only fills an empty database."))
    story = tell(season)
    with without_notifying():
        site = _furnish(season, story, photos)
        done = 0
        for day in story.days:
            _day(site, day)
            done += len(day)
            progress(done, season.visits)
        _finish(site)
    return site


@transaction.atomic
def _furnish(season: Season, story: SeasonStory, photos: float) -> SimulatedSite:
    begin = datetime.fromtimestamp(season.begin, UTC)
    workers = [
        people.create_person(
            username=f"sim{person.number:03}", role=Role.FIELDWORKER, password=None, by=None,
            at=begin,
        )
        for person in story.people
    ]  # fmt: skip
    shops = {front.number: _shop(season, front, workers[0], begin) for front in story.fronts}
    Shop.objects.bulk_create(shops.values(), batch_size=500)
    Source.objects.bulk_create(
        [_source(season, number, shop) for number, shop in shops.items()], batch_size=500
    )
    return SimulatedSite(season, photos, workers, shops)


def _shop(season: Season, front: Front, by: User, begin: datetime) -> Shop:
    """A shop in a square that lies in one ward only; unsaved."""
    return Shop(
        uuid=_uuid(season, "shop", front.number),
        name=front.name,
        name_folded=fold(front.name),
        brand=front.brand,
        segment=front.segment,
        lat_e7=front.lat_e7,
        lon_e7=front.lon_e7,
        grid125=grid125(front.lat_e7, front.lon_e7),
        city_id=city_of(front.ward),
        ward_id=front.ward,
        ward_source=WardSource.SQUARE,
        created_at=begin - LISTED_BEFORE,
        created_by=by,
    )


def _source(season: Season, number: int, shop: Shop) -> Source:
    return Source(
        shop=shop,
        dataset=DEMO_DATASET,
        external_id=f"sim/{season.seed}/{number}",
        digest="0" * 64,
        imported_at=shop.created_at,
    )


def _uuid(season: Season, *parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, ("noren-simulation", season.seed, *parts))))


@transaction.atomic
def _day(site: SimulatedSite, day: list[Draft]) -> None:
    """Everything of a day is handed in, then screened in one go."""
    if not day:
        return
    made = [_hand_in(site, draft) for draft in day]
    evening = datetime.fromtimestamp(day[-1].received, UTC) + EVENING
    screen_visits(visit_ids=[visit.pk for visit in made], at=evening)
    done = open_messages().filter(handler__in=["screen_visit", "prepare_photo"])
    finish_all(message_ids=list(done.values_list("pk", flat=True)), at=evening)


def _hand_in(site: SimulatedSite, draft: Draft) -> Visit:
    """One entry with its photo."""
    number = len(site.drafts)
    worker = site.workers[draft.worker]
    received_at = datetime.fromtimestamp(draft.received, UTC)
    data = b""
    if draft.shot is not None and _is_sent(site, draft, number):
        data = photo_of(draft.shot, copy=number)
    elif draft.shot is not None:
        site.unsent.add(draft.front.number)
    entry = _entry(site, draft, number, data)
    site.drafts[entry.uuid] = draft
    visit = visits.submit_visit(entry=entry, by=worker, at=received_at)
    if data:
        _prepare(add_photo(visit=visit, data=data, by=worker, at=received_at), data)
    return visit


def _is_sent(site: SimulatedSite, draft: Draft, number: int) -> bool:
    """All photos of those who make entries up; of the honest every so many."""
    if draft.is_made_up or site.photos >= EVERY_PHOTO:
        return True
    return math.floor((number + 1) * site.photos) > math.floor(number * site.photos)


def _entry(site: SimulatedSite, draft: Draft, number: int, data: bytes) -> VisitEntry:
    reason = draft.no_photo
    if not data and (draft.front.number in site.unsent or _is_asked_again(site, draft)):
        reason = reason or "no_sign"  # the phone asks here, which the story does not know
    answers = dict(zip(Trait, map(Answer, draft.answers), strict=True))
    till = invent_till(Random(draft.front.number))  # noqa: S311  # invented data
    said = Entry(
        outcome=Outcome(draft.outcome),
        answers=answers,
        routes=seen_at(till, answers) if draft.outcome == Outcome.ANSWERED else (),
        evidence=draft.evidence,
        note=draft.note,
        observed_at=datetime.fromtimestamp(draft.at, UTC),
        fix=draft.fixes[0] if draft.fixes else None,
        device_time=datetime.fromtimestamp(draft.at - draft.offset_s, UTC),
        clock_offset_ms=round(draft.offset_s * 1000),
        filled_ms=round(draft.seconds * 1000),
        open_fix=draft.fixes[1] if len(draft.fixes) > 1 else None,
        no_photo=reason,
        photos=(hashlib.sha256(data).hexdigest(),) if data else (),
        is_from_app=True,
    )
    uuid, shop = _uuid(site.season, "visit", number), site.shops[draft.front.number]
    return VisitEntry(uuid, shop.pk, said)


def _is_asked_again(site: SimulatedSite, draft: Draft) -> bool:
    """Whether the shop was drawn to be photographed in this survey period."""
    period = period_of(datetime.fromtimestamp(draft.at, UTC))
    return is_drawn(site.shops[draft.front.number].uuid, key=key_of(period))


def _prepare(photo: Photo, data: bytes) -> None:
    """What the worker process does to a photo, in this process: we drew it ourselves."""
    header, (large, small) = decode(data, settings.PHOTO_MAX_PIXELS)
    settle_photo(
        photo_id=photo.pk,
        state=PhotoState.READY,
        large_sha256=store.keep(large),
        small_sha256=store.keep(small),
        width=int(str(header["width"])),
        height=int(str(header["height"])),
        perceptual_hash=str(header["hash"]),
    )


def _finish(site: SimulatedSite) -> None:
    """The counts of what was approved by rule, in one go."""
    at = datetime.fromtimestamp(site.season.begin, UTC) + timedelta(days=31)
    rebuild_here(at=at, progress=silent)
    done = open_messages().filter(handler="refresh_shop")
    finish_all(message_ids=list(done.values_list("pk", flat=True)), at=at)
