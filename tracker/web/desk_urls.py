"""Pages for moderators."""

from django.urls import path

from tracker.web import (
    check_views,
    desk_acts,
    desk_pages,
    desk_views,
    shop_views,
    trail_views,
)

urlpatterns = [
    path("", desk_views.queue, name="desk-queue"),
    path("shops/", shop_views.pairs, name="desk-shops"),
    path("shops/merge", shop_views.merge, name="desk-merge"),
    path("shops/split", shop_views.split, name="desk-split"),
    path("shops/two", shop_views.two_shops, name="desk-two-shops"),
    path("checks/", check_views.checks, name="desk-checks"),
    path("checks/<int:check_id>/", check_views.check, name="desk-check"),
    path("checks/<int:check_id>/object", check_views.object_to, name="desk-object"),
    path("agreement/", check_views.agreement, name="desk-agreement"),
    path("trail/", trail_views.trail, name="trail"),
    path("trail/file", trail_views.trail_file, name="trail-file"),
    path("list", desk_views.listing, name="desk-list"),
    path("mine/", desk_pages.mine, name="desk-mine"),
    path("together/", desk_pages.together, name="desk-together"),
    path("undo", desk_acts.undo, name="desk-undo"),
    path("renew", desk_acts.renew, name="desk-renew"),
    path("leave", desk_acts.leave, name="desk-leave"),
    path("keys", desk_acts.letter_keys, name="desk-keys"),
    path("<uuid:uuid>/", desk_views.entry, name="desk-entry"),
    path("<uuid:uuid>/panel", desk_views.panel, name="desk-panel"),
    path("<uuid:uuid>/decide", desk_acts.decide, name="desk-decide"),
    path("<uuid:uuid>/skip", desk_acts.skip, name="desk-skip"),
    path("<uuid:uuid>/correct", desk_pages.correct, name="desk-correct"),
    path("<uuid:uuid>/reopen", desk_acts.reopen, name="desk-reopen"),
]
