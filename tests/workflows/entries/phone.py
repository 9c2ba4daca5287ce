"""Entries as the field app sends them, and photos as the worker process leaves them."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings

from tests.factories import NOON, make_entry
from tracker.accounts.models import User
from tracker.demo.simulated.entries import Shot
from tracker.demo.simulated.pictures import photo_of
from tracker.fieldwork.actions import settle_photo
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures import store
from tracker.fieldwork.pictures.decoder import decode
from tracker.fieldwork.states import PhotoState
from tracker.places.grid import Fix
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.workflows.entries import visits
from tracker.workflows.entries.photos import add_photo


def by_phone(
    shop: Shop,
    by: User,
    *,
    at: datetime = NOON,
    fix: Fix | None = None,
    filled_ms: int = 12_000,
    offset_ms: int = 0,
    declared: int = 0,
    no_photo: str = "no_sign",
    **answers: Answer,
) -> Visit:
    """A waiting entry, saved at `at` at the shop's door and received five seconds later."""
    fix = fix or Fix(shop.lat_e7, shop.lon_e7, 8)
    entry = make_entry(shop, observed_at=at, fix=fix, evidence="till_sign", **answers)  # type: ignore[arg-type]
    said = replace(
        entry.said,
        device_time=at - timedelta(milliseconds=offset_ms),
        clock_offset_ms=offset_ms,
        filled_ms=filled_ms,
        no_photo="" if declared else no_photo,
        photos=tuple(f"{number:064x}" for number in range(declared)),
        is_from_app=True,
    )
    return visits.submit_visit(entry=replace(entry, said=said), by=by, at=at + timedelta(seconds=5))


def keep_photo(visit: Visit, picture: int, *, change: str = "", is_ready: bool = True) -> Photo:
    """A photo of the entry, made ready unless said otherwise."""
    data = photo_of(Shot(picture, change), copy=picture)
    photo = add_photo(visit=visit, data=data, by=visit.worker, at=visit.received_at)
    if is_ready:
        make_ready(photo, data)
    return photo


def make_ready(photo: Photo, data: bytes) -> None:
    _header, (large, small) = decode(data, settings.PHOTO_MAX_PIXELS)
    settle_photo(
        photo_id=photo.pk,
        state=PhotoState.READY,
        large_sha256=store.keep(large),
        small_sha256=store.keep(small),
    )
