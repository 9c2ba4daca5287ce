"""Five things that arrive in any order leave the same rows behind."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import permutations
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from django.forms.models import model_to_dict

from tests.factories import NOON
from tests.phone import Doc, batch_of, doc_of, item_of, new_shop, sign
from tests.tiers import SEED, tries
from tracker.accounts.models import User
from tracker.audit import log
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.fieldwork.parked import ParkedEntry, ParkedPhoto
from tracker.fieldwork.pictures.parts import PhotoPart
from tracker.fieldwork.sync.batches import read_batch
from tracker.outbox.models import OutboxMessage
from tracker.places.models import Shop
from tracker.workflows import dispatch
from tracker.workflows.entries import sync, uploads

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow(12)]
ORDERS = tries(quick=0, test=40, whole=120)  # of 120
SHOP = UUID("0198c0de-0000-4000-8000-00000000000a")
VISIT = UUID("0198c0de-0000-4000-8000-00000000000b")
OTHER = UUID("0198c0de-0000-4000-8000-00000000000c")
PHOTO = sign()
SHA256 = hashlib.sha256(PHOTO).hexdigest()


def send(by: User, doc: Doc) -> None:
    batch = read_batch(batch_of(item_of(doc)), at=NOON)
    (answer,) = sync.receive(batch=batch, by=by, at=NOON)
    assert answer.status in ("created", "held"), answer


def put(by: User) -> None:
    part = PhotoPart(by.pk, VISIT, SHA256, False, len(PHOTO))
    assert uploads.add_piece(part=part, offset=0, piece=PHOTO, by=by, at=NOON).is_new


def events_of(aki: User, ben: User) -> dict[str, Callable[[], None]]:
    """An entry and its mends, its photo, and the entry of a colleague that brings the shop."""
    first = doc_of(aki, SHOP, uuid=str(VISIT), photos=[SHA256])
    shop = doc_of(ben, SHOP, uuid=str(OTHER), new_shop=new_shop())
    return {
        "create": lambda: send(aki, first),
        "mend": lambda: send(aki, first | {"revision": 2, "answers": {"alipay": "no"}}),
        "mend again": lambda: send(aki, first | {"revision": 3, "note": "二度目"}),
        "photo": lambda: put(aki),
        "shop": lambda: send(ben, shop),
    }


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def state() -> str:
    """A digest of everything that people can see, without numbers of rows."""
    visits = [
        # The digest covers the number of the shop, which a rolled-back sequence does not reuse.
        model_to_dict(visit, exclude=["id", "shop", "worker", "digest"])
        | {"shop": visit.shop.uuid, "worker": visit.worker.username}
        for visit in Visit.objects.order_by("uuid")
    ]
    revisions = [
        (str(row.visit.uuid), row.number, row.content | {"shop": ""}, row.sent_sha256)
        for row in VisitRevision.objects.order_by("visit__uuid", "number")
    ]
    photos = [(str(row.visit.uuid), row.sha256) for row in Photo.objects.all()]
    shops = [(str(shop.uuid), shop.name, shop.ward_id) for shop in Shop.objects.all()]
    waiting = ParkedEntry.objects.count() + ParkedPhoto.objects.count()
    text = json.dumps([visits, revisions, photos, shops, waiting], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def work() -> None:
    """What the worker does: the outbox until it is empty; photos are not decoded here."""
    OutboxMessage.objects.filter(handler="prepare_photo").delete()
    dispatch.sweep(at=NOON + timedelta(minutes=1))


def test_all_orders_end_in_the_same_state(aki: User, ben: User) -> None:
    events = events_of(aki, ben)
    ends = {}
    for order in Random(SEED).sample(list(permutations(events)), ORDERS):
        with undone():
            for name in order:
                events[name]()
                work()
            visit = Visit.objects.get(uuid=VISIT)
            assert (visit.revision, visit.note, visit.answers["alipay"]) == (3, "二度目", "yes"), (
                order
            )
            assert (Photo.objects.count(), Visit.objects.count()) == (1, 2), order
            assert log.breaks() == [], order
            ends[order] = state()
            for path in PhotoPart(aki.pk, VISIT, SHA256, False, len(PHOTO)).path.parent.glob("*"):
                raise AssertionError(path)  # no piece is left
    assert len(ends) == ORDERS
    assert len(set(ends.values())) == 1


def test_the_digest_sees_a_difference(aki: User, ben: User) -> None:
    events = events_of(aki, ben)
    for name in ("shop", "create", "mend"):
        events[name]()
    before = state()
    events["mend again"]()
    assert state() != before
