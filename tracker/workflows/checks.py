"""The parts of a recount that look across stages: states against decisions, rows against files."""

from tracker.adoption.stored import Difference
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.seal_keys import broken_key_files, opening_keys
from tracker.fieldwork.sealing import SealBroken, open_sealed, point_of, seal
from tracker.fieldwork.store import is_kept
from tracker.vocabulary import PhotoState, VisitState

SAMPLE = b"noren"


def differences_of_states() -> list[Difference]:
    """Visits whose state is not the end of their last decision, or whose history is not one."""
    found = []
    for visit in Visit.objects.prefetch_related("decisions", "revisions").iterator(chunk_size=2000):
        state = VisitState.SUBMITTED.value
        for decision in sorted(visit.decisions.all(), key=lambda decision: decision.pk):
            if decision.from_state != state:
                found.append(
                    Difference(f"decision {decision.pk}", f"from {decision.from_state}", state)
                )
            state = decision.to_state
        if visit.state != state:
            found.append(Difference(f"state of visit {visit.uuid}", visit.state, state))
        numbers = sorted(revision.number for revision in visit.revisions.all())
        if numbers != list(range(1, visit.revision + 1)):
            found.append(
                Difference(f"revisions of visit {visit.uuid}", str(numbers), f"1..{visit.revision}")
            )
    return found


def differences_of_seal_keys() -> list[Difference]:
    """Key files that hold no key, and keys that do not open what is sealed to them."""
    found = [Difference(f"seal key {name}", "unreadable", "a key") for name in broken_key_files()]
    keys = opening_keys()
    for key_id, key in keys.items():
        try:
            opened = open_sealed(seal(SAMPLE, "verify", point_of(key)), "verify", keys)
        except SealBroken:
            opened = b""
        if opened != SAMPLE:
            found.append(Difference(f"seal key {key_id.hex()}", "opens nothing", "its sample"))
    return found


def differences_of_photos() -> list[Difference]:
    """Photo rows whose files are not there."""
    return [
        Difference(f"file of photo {photo.uuid}", "missing", sha256[:12])
        for photo in Photo.objects.order_by("pk").iterator()
        for sha256 in _files_of(photo)
        if not is_kept(sha256)
    ]


def _files_of(photo: Photo) -> list[str]:
    if photo.state == PhotoState.READY:
        return [photo.sha256, photo.large_sha256, photo.small_sha256]
    return [photo.sha256]
