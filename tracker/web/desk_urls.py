"""Pages for moderators."""

from django.urls import path

from tracker.web import desk_views, trail_views

urlpatterns = [
    path("", desk_views.queue, name="desk-queue"),
    path("trail/", trail_views.trail, name="trail"),
    path("trail/file", trail_views.trail_file, name="trail-file"),
    path("<uuid:uuid>/", desk_views.entry, name="desk-entry"),
    path("<uuid:uuid>/decide", desk_views.decide, name="desk-decide"),
    path("<uuid:uuid>/reopen", desk_views.reopen, name="desk-reopen"),
]
