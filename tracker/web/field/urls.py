"""Pages for fieldworkers."""

from django.urls import path

from tracker.web.field import entry_views, photo_views, views
from tracker.web.field.app import views as app_views

urlpatterns = [
    path("app/", app_views.start, name="field-app"),
    path("app/<str:language>/", app_views.shell, name="field-app-shell"),
    path("manifest.webmanifest", app_views.web_manifest, name="field-app-manifest"),
    path("sw.js", app_views.worker, name="field-app-worker"),
    path("", views.home, name="field-home"),
    path("shops/new", views.new_shop, name="field-new-shop"),
    path("shops/<int:shop_id>/visit", views.visit, name="field-visit"),
    path("entries/", entry_views.entries, name="field-entries"),
    path("entries/<uuid:uuid>/", entry_views.entry, name="field-entry"),
    path("entries/<uuid:uuid>/withdraw", entry_views.withdraw, name="field-withdraw"),
    path("photos/<uuid:uuid>/<str:size>", photo_views.photo, name="photo"),
]
