"""An Atom feed of releases, withdrawn ones with the reason."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.publication.releases.models import Release
from tracker.publication.releases.queries import public_releases
from tracker.publication.releases.states import ReleaseState

NEWEST = 50


class ReleaseFeed(Feed):  # type: ignore[type-arg]  # generic in the stubs only
    """Newest first."""

    feed_type = Atom1Feed
    title = gettext_lazy("Noren: releases")
    subtitle = gettext_lazy("All numbered releases of the figures.")
    link = "/data/"

    def items(self) -> list[Release]:
        return list(public_releases()[:NEWEST])

    def item_title(self, item: Release) -> str:
        if item.state == ReleaseState.WITHDRAWN:
            return _("%(name)s (withdrawn)") % {"name": item.name}
        return item.name

    def item_description(self, item: Release) -> str:
        return item.withdrawn_because or item.why or item.name

    def item_link(self, item: Release) -> str:
        return reverse("data-release", kwargs={"name": item.name})

    def item_pubdate(self, item: Release) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Release) -> datetime | None:
        return item.withdrawn_at or item.published_at
