"""A batch from a phone: every item gets its own answer, and none touches another."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.errors import Conflict, Invalid, Stale, TrackerError
from tracker.fieldwork.queries import revisions_sent
from tracker.fieldwork.seal_keys import opening_keys
from tracker.fieldwork.sealing import Keys, SealBroken, open_sealed
from tracker.fieldwork.sync.answers import ItemAnswer, Status, conflict, refused, stored
from tracker.fieldwork.sync.batches import BadItem, Batch, SentItem
from tracker.fieldwork.sync.entries import Came, PhoneEntry, read_entry
from tracker.places.models import Shop
from tracker.workflows.entries.arrivals import (
    CameMeanwhile,
    create_all,
    list_shop,
    place,
    sent_before,
)

Key = tuple[UUID, int]
Answers = dict[Key, ItemAnswer]
logger = logging.getLogger(__name__)
TRIES = 3  # each loss of a race leaves the winner's row to be found


def receive(*, batch: Batch, by: User, at: datetime) -> list[ItemAnswer]:
    """Store what can be stored; one answer per item, in their order. Raises Refused."""
    check_may(by, Action.SYNC)
    first: dict[Key, SentItem] = {}
    for item in batch.items:
        if isinstance(item, SentItem):
            first.setdefault(item.key, item)
    answers = _answers_to(first, batch.offset_ms, by, at)
    said: set[int] = set()
    return [
        refused(item, item.problem)
        if isinstance(item, BadItem)
        else _again(item, first[item.key], answers[item.key], said)
        for item in batch.items
    ]


def _again(item: SentItem, first: SentItem, answer: ItemAnswer, said: set[int]) -> ItemAnswer:
    """The answer to an item; a second one of the same name is a replay, or a conflict."""
    if item is first:
        return answer
    if item.sha256 != first.sha256:
        return conflict(item, sent_before())
    return stored(item, Status.REPLAYED) if answer.status is Status.CREATED else answer


def _answers_to(
    items: dict[Key, SentItem], offset_ms: int | None, by: User, at: datetime
) -> Answers:
    """Replays are answered without opening; the rest is opened, judged and placed."""
    answers = known_before(items.values(), by)
    entries: dict[Key, PhoneEntry] = {}
    keys = opening_keys() if len(answers) < len(items) else {}
    for key, item in items.items():
        if key in answers:
            continue
        try:
            entries[key] = _opened(item, Came(item.sha256, at, offset_ms), by, keys)
        except Invalid as error:
            answers[key] = refused(item, error)
    if by.upload_grace_until is None:  # what somebody offboarded uploads waits for a look
        shops = _shops_of(items, entries, answers, by)
        _create_new(items, entries, answers, shops, by)
    for key in sorted(entries.keys() - answers.keys(), key=lambda key: (key[1], key[0])):
        answers[key] = _settle(items[key], entries[key], by)
    return answers


def known_before(items: Iterable[SentItem], by: User) -> Answers:
    """Answers to items whose revision was stored or held before."""
    items = list(items)
    sent = revisions_sent([item.uuid for item in items], by)
    answers = {}
    for item in items:
        before = sent.get(item.key)
        if before is None:
            continue
        if before.worker_id != by.pk or before.sha256 != item.sha256:
            answers[item.key] = conflict(item, sent_before())
        else:
            answers[item.key] = stored(item, Status.PARKED if before.is_parked else Status.REPLAYED)
    return answers


def _opened(item: SentItem, came: Came, by: User, keys: Keys) -> PhoneEntry:
    """The entry in an item; Invalid where it is not what the item says it is."""
    data = item.data
    if item.is_sealed:
        try:
            data = open_sealed(data, f"entry:{item.uuid}:{item.revision}:{by.pk}", keys)
        except SealBroken:
            raise Invalid(
                _("This entry cannot be opened: it was sealed for somebody else, or damaged."),
                field="sealed",
            ) from None
    if hashlib.sha256(data).hexdigest() != item.sha256:
        raise Invalid(_("The entry does not match its SHA-256."), field="sha256")
    entry = read_entry(data, came)
    if entry.owner != by.pk:
        raise Invalid(_("This entry belongs to somebody else."), field="owner")
    if (entry.uuid, entry.revision) != item.key:
        raise Invalid(_("The entry does not match its UUID or revision."), field="uuid")
    return entry


def _shops_of(
    items: dict[Key, SentItem],
    entries: dict[Key, PhoneEntry],
    answers: Answers,
    by: User,
) -> dict[UUID, int]:
    """Shops that are here, the new ones of this batch among them; UUID → number."""
    wanted = {entry.shop for entry in entries.values()}
    known = dict(Shop.objects.filter(uuid__in=wanted).values_list("uuid", "pk"))
    for key, entry in entries.items():
        if entry.new_shop is None or entry.shop in known:
            continue
        try:
            shop = list_shop(entry, entry.new_shop, by=by)
        except TrackerError as error:
            answers[key] = refused(items[key], Invalid(error.message, field="new_shop"))
        else:
            known[shop.uuid] = shop.pk
    return known


def _create_new(
    items: dict[Key, SentItem],
    entries: dict[Key, PhoneEntry],
    answers: Answers,
    shops: dict[UUID, int],
    by: User,
) -> None:
    """Store first revisions in one transaction; where that fails nothing is answered here."""
    new = [
        key
        for key in sorted(entries.keys() - answers.keys())  # one order: no two batches deadlock
        if key[1] == 1 and entries[key].shop in shops
    ]
    if not new:
        return
    try:
        create_all(entries=[entries[key] for key in new], shops=shops, by=by)
    except IntegrityError:
        answers |= known_before([items[key] for key in new], by)  # mostly the same batch, doubled
    else:
        answers |= {key: stored(items[key], Status.CREATED) for key in new}


def _settle(item: SentItem, entry: PhoneEntry, by: User) -> ItemAnswer:
    """One entry in a transaction of its own."""
    for _try in range(TRIES):
        try:
            is_placed = place(entry=entry, by=by)
        except (IntegrityError, CameMeanwhile, Conflict, Stale) as error:
            if answer := known_before([item], by).get(item.key):
                return answer  # the same item came at the same moment
            if isinstance(error, TrackerError):
                return conflict(item, error.message)
            logger.info("%s of %s is tried again: %r", item.revision, item.uuid, error)
        except TrackerError as error:
            return refused(item, error)
        else:
            return stored(item, Status.CREATED if is_placed else Status.PARKED)
    logger.error("entry %s r%s could not be stored", item.uuid, item.revision)
    return refused(item, Invalid(_("This entry could not be stored. Tell your administrator.")))
