"""The parts of a recount that look across stages: states against decisions, rows against files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from tracker.adoption.stored import Mismatch
from tracker.fieldwork.kinds.several import answers_in, route_bits_in
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.fieldwork.pictures.store import is_kept, is_sound
from tracker.fieldwork.seal_keys import broken_key_files, opening_keys
from tracker.fieldwork.sealing import SealBroken, open_sealed, point_of, seal
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.models import Decision
from tracker.outbox.queries import open_messages
from tracker.survey.specs import TRAITS

COUNTED = ("shop", "outcome", "routes", *TRAITS)  # keys of a revision's content too
CHUNK = 2000
SEALED_SAMPLE = b"noren"
SAMPLE = 100  # photos read in full by one recount: some 300 MB


def differences_of_states() -> list[Mismatch]:
    """Visits whose state, history or content is not what their decisions and revisions say."""
    found: list[Mismatch] = []
    visits = Visit.objects.order_by("pk").values("pk", "uuid", "state", "revision", *COUNTED)
    rows = visits.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        ids = [visit["pk"] for visit in chunk]
        decisions = _by_visit(
            Decision.objects.filter(visit__in=ids).order_by("pk"), "pk", "from_state", "to_state"
        )
        revisions = _by_visit(
            VisitRevision.objects.filter(visit__in=ids).order_by("number"), "number", "content"
        )
        for visit in chunk:
            found += _differences_of_state(visit, decisions[visit["pk"]])
            found += _differences_of_content(visit, dict(revisions[visit["pk"]]))
    return found


def _by_visit(rows: QuerySet[Any], *names: str) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Visit → these columns of its rows. No models: they cost more than the comparison."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for visit, *values in rows.values_list("visit", *names):
        found[visit].append(tuple(values))
    return found


def _differences_of_state(
    visit: Mapping[str, Any], decisions: Iterable[tuple[Any, ...]]
) -> Iterator[Mismatch]:
    """Every decision begins where the last one ended, and the last one ends at the state."""
    state = VisitState.SUBMITTED.value
    for pk, from_state, to_state in decisions:
        if from_state != state:
            yield Mismatch(f"decision {pk}", f"from {from_state}", state)
        state = to_state
    if visit["state"] != state:
        yield Mismatch(f"state of visit {visit['uuid']}", visit["state"], state)


def _differences_of_content(
    visit: Mapping[str, Any], contents: Mapping[int, Mapping[str, object]]
) -> Iterator[Mismatch]:
    """There is every revision, and what counts of the visit was sent in the newest."""
    last = visit["revision"]
    if list(contents) != list(range(1, last + 1)):
        yield Mismatch(f"revisions of visit {visit['uuid']}", str(list(contents)), f"1..{last}")
        return
    newest = contents[last]
    sent = {**newest, **answers_in(newest), "routes": route_bits_in(newest)}
    for name in COUNTED:
        if visit[name] != sent.get(name):
            where = f"{name} of visit {visit['uuid']}"
            yield Mismatch(where, str(visit[name]), str(sent.get(name)))


def differences_of_seal_keys() -> list[Mismatch]:
    """Key files that hold no key, and keys that do not open what is sealed to them."""
    found = [Mismatch(f"seal key {name}", "unreadable", "a key") for name in broken_key_files()]
    keys = opening_keys()
    for key_id, key in keys.items():
        try:
            opened = open_sealed(seal(SEALED_SAMPLE, "verify", point_of(key)), "verify", keys)
        except SealBroken:
            opened = b""
        if opened != SEALED_SAMPLE:
            found.append(Mismatch(f"seal key {key_id.hex()}", "opens nothing", "its sample"))
    return found


def differences_of_photos() -> list[Mismatch]:
    """Rows whose files are not there, files that are not their own bytes, photos nobody works on.

    Every file is looked for; a sample of photos, another each time, is read in full.
    """
    return [
        Mismatch(f"file of photo {photo.uuid}", "missing", sha256[:12])
        for photo in Photo.objects.order_by("pk").iterator()
        for sha256 in _files_of(photo)
        if not is_kept(sha256)
    ] + [
        Mismatch(f"file of photo {photo.uuid}", "other bytes", sha256[:12])
        for photo in Photo.objects.order_by("?")[:SAMPLE]
        for sha256 in _files_of(photo)
        if is_kept(sha256) and not is_sound(sha256)
    ] + [
        Mismatch(f"photo {photo.uuid}", "waits for nobody", "work in the outbox")
        for photo in photos_without_work()
    ]  # fmt: skip


def photos_without_work() -> list[Photo]:
    """Waiting photos whose message was set aside or is gone: `manage.py photos` queues them."""
    messages = open_messages().filter(handler="prepare_photo")
    queued = set(messages.values_list("about", flat=True))
    waiting = Photo.objects.filter(state=PhotoState.WAITING).order_by("pk")
    return [photo for photo in waiting.iterator() if str(photo.pk) not in queued]


def _files_of(photo: Photo) -> list[str]:
    if photo.state == PhotoState.READY:
        return [photo.sha256, photo.large_sha256, photo.small_sha256]
    return [photo.sha256]
