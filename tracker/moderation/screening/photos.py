"""Which photos were seen before, and which are still on their way."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.triage.album import Album
from tracker.moderation.triage.facts import PhotoMatch

ALBUM_DAYS = 60  # the looks of everybody's photos so far back, and all of the worker's own
MOST_LOOKS = 20_000  # the newest; 20 MB


def photos_without_look(visit_ids: Sequence[int]) -> QuerySet[Photo]:
    """Ready photos of these visits whose look has not been taken."""
    return Photo.objects.filter(visit__in=visit_ids, state=PhotoState.READY, look=None)


def unfinished_visits(visit_ids: Sequence[int]) -> set[int]:
    """Visits with a photo that is being prepared, or fewer photos than announced."""
    arrived: defaultdict[int, int] = defaultdict(int)
    unfinished = set()
    photos = Photo.objects.filter(visit__in=visit_ids).values_list("visit_id", "state")
    for visit_id, state in photos:
        arrived[visit_id] += 1
        if state == PhotoState.WAITING:
            unfinished.add(visit_id)
    declared = Visit.objects.filter(pk__in=visit_ids, photos_declared__gt=0)
    for visit_id, number in declared.values_list("pk", "photos_declared"):
        if arrived[visit_id] < number:
            unfinished.add(visit_id)
    return unfinished


@dataclass(frozen=True)
class Seen:
    """One photo of one entry."""

    photo: int
    visit: int
    shop: int
    worker: int
    received: datetime
    sha256: str
    pixels: str  # SHA-256 of what was made of the pixels
    greys: bytes  # empty: no look was taken yet

    def is_before(self, other: "Seen") -> bool:
        return (self.received, self.photo) < (other.received, other.photo)


def _seen(photos: QuerySet[Photo], *, most: int = MOST_LOOKS) -> list[Seen]:
    """The newest of these photos, but for those of withdrawn visits."""
    newest = photos.exclude(visit__state=VisitState.WITHDRAWN).order_by("-pk")
    rows = newest.values_list(
        "pk", "visit_id", "visit__shop_id", "visit__shop__merged_into_id", "visit__worker_id",
        "received_at", "sha256", "large_sha256", "look__greys",
    )[:most]  # fmt: skip
    return [
        Seen(pk, visit, merged or shop, worker, received, sha256, pixels, bytes(greys or b""))
        for pk, visit, shop, merged, worker, received, sha256, pixels, greys in rows
    ]


def matches_of(visit_ids: Sequence[int]) -> dict[int, tuple[PhotoMatch, ...]]:
    """Visit → other visits with one of its photos, or one that looks the same, received before.

    Three queries, however many visits.
    """
    own = _seen(Photo.objects.filter(visit__in=visit_ids, state=PhotoState.READY))
    if not own:
        return {}
    found: defaultdict[int, dict[int, PhotoMatch]] = defaultdict(dict)
    for photo, other in _same(own):
        match = PhotoMatch(other.visit, other.shop, 1.0, True)
        found[photo.visit][other.visit] = match
    for photo, other, alike, how in _near(own):
        match = PhotoMatch(other.visit, other.shop, alike, False, how)
        found[photo.visit].setdefault(other.visit, match)
    return {visit: tuple(matches.values()) for visit, matches in found.items()}


def _same(own: list[Seen]) -> list[tuple[Seen, Seen]]:
    """Pairs with the same file or the same pixels."""
    files, pixels = {one.sha256 for one in own}, {one.pixels for one in own}
    others = _seen(Photo.objects.filter(Q(sha256__in=files) | Q(large_sha256__in=pixels)))
    by_digest: defaultdict[str, list[Seen]] = defaultdict(list)
    for other in others:
        for digest in {other.sha256, other.pixels} - {""}:
            by_digest[digest].append(other)
    return [
        (photo, other)
        for photo in own
        for digest in (photo.sha256, photo.pixels)
        for other in by_digest[digest]
        if other.visit != photo.visit and other.is_before(photo)
    ]


def _near(own: list[Seen]) -> list[tuple[Seen, Seen, float, str]]:
    """Pairs that look the same, with how alike they are and how."""
    with_look = [one for one in own if one.greys]
    if not with_look:
        return []
    since = min(one.received for one in with_look) - timedelta(days=ALBUM_DAYS)
    until = max(one.received for one in with_look)
    looks = Photo.objects.filter(look__isnull=False, received_at__lte=until).filter(
        Q(received_at__gte=since) | Q(visit__worker__in={one.worker for one in with_look})
    )
    others = [one for one in _seen(looks) if one.greys]
    album = Album([one.greys for one in others])
    return [
        (photo, others[like.place], like.alike, like.how)
        for photo in with_look
        for like in album.alike(photo.greys)
        if others[like.place].visit != photo.visit and others[like.place].is_before(photo)
    ]
