"""Releases as they are asked for."""

from django.db.models import QuerySet

from tracker.publication.releases.models import Release
from tracker.publication.releases.states import ReleaseState

SEEN = (ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN)


def public_releases() -> QuerySet[Release]:
    """Published and withdrawn ones, the newest first."""
    return Release.objects.filter(state__in=SEEN).order_by("-published_at", "-pk")


def releases_made_before(key: int | None) -> QuerySet[Release]:
    """Published and withdrawn ones, the one that was begun last first; older than that key."""
    found = Release.objects.filter(state__in=SEEN).order_by("-pk")
    return found if key is None else found.filter(pk__lt=key)


def all_releases() -> QuerySet[Release]:
    """With those that are being made, the newest first."""
    return Release.objects.order_by("-pk")


def latest_release() -> Release | None:
    """The one that `/data/latest/` leads to: of the newest quarter, not withdrawn."""
    published = Release.objects.filter(state=ReleaseState.PUBLISHED)
    return published.order_by("-quarter", "-number").first()


def release_named(name: str, *, among: QuerySet[Release]) -> Release | None:
    """`2026q4-1` → the release; None where there is none."""
    quarter, _dash, number = name.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= 4):
        return None
    found = among.filter(quarter=quarter, number=int(number)).first()
    return found if found is not None and found.name == name else None


def release_before(release: Release) -> Release | None:
    """The published one that readers had until now."""
    published = Release.objects.filter(state=ReleaseState.PUBLISHED).exclude(pk=release.pk)
    return published.order_by("-published_at", "-pk").first()
