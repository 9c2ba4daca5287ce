"""The parts of a recount that look across stages: states against decisions, rows against files."""

from tracker.adoption.stored import Difference
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.store import is_kept, is_sound
from tracker.outbox.queries import open_messages
from tracker.vocabulary import PhotoState, VisitState

SAMPLE = 100  # photos read in full by one recount: some 300 MB


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


def differences_of_photos() -> list[Difference]:
    """Rows whose files are not there, files that are not their own bytes, photos nobody works on.

    Every file is looked for; a sample of photos, another each time, is read in full.
    """
    return [
        Difference(f"file of photo {photo.uuid}", "missing", sha256[:12])
        for photo in Photo.objects.order_by("pk").iterator()
        for sha256 in _files_of(photo)
        if not is_kept(sha256)
    ] + [
        Difference(f"file of photo {photo.uuid}", "other bytes", sha256[:12])
        for photo in Photo.objects.order_by("?")[:SAMPLE]
        for sha256 in _files_of(photo)
        if is_kept(sha256) and not is_sound(sha256)
    ] + [
        Difference(f"photo {photo.uuid}", "waits for nobody", "work in the outbox")
        for photo in photos_without_work()
    ]  # fmt: skip


def photos_without_work() -> list[Photo]:
    """Waiting photos whose message was set aside or is gone: `manage.py photos` queues them."""
    queued = open_messages().filter(handler="prepare_photo").values_list("about", flat=True)
    waiting = Photo.objects.filter(state=PhotoState.WAITING).order_by("pk")
    return list(waiting.exclude(pk__in=[int(about) for about in queued]))


def _files_of(photo: Photo) -> list[str]:
    if photo.state == PhotoState.READY:
        return [photo.sha256, photo.large_sha256, photo.small_sha256]
    return [photo.sha256]
