"""Pages for moderators."""

from django.urls import path

from tracker.web import desk_acts, desk_pages, desk_views

urlpatterns = [
    path("", desk_views.queue, name="desk-queue"),
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
