"""Pages for fieldworkers."""

from django.urls import path

from tracker.web import entry_views, field_app_views, field_views, photo_views

urlpatterns = [
    path("app/", field_app_views.start, name="field-app"),
    path("app/<str:language>/", field_app_views.shell, name="field-app-shell"),
    path("manifest.webmanifest", field_app_views.web_manifest, name="field-app-manifest"),
    path("sw.js", field_app_views.worker, name="field-app-worker"),
    path("", field_views.home, name="field-home"),
    path("shops/new", field_views.new_shop, name="field-new-shop"),
    path("shops/<int:shop_id>/visit", field_views.visit, name="field-visit"),
    path("entries/", entry_views.entries, name="field-entries"),
    path("entries/<uuid:uuid>/", entry_views.entry, name="field-entry"),
    path("entries/<uuid:uuid>/withdraw", entry_views.withdraw, name="field-withdraw"),
    path("photos/<uuid:uuid>/<str:size>", photo_views.photo, name="photo"),
]
