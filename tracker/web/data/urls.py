"""The catalogue of releases, their files, and the desk from which they are published."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tracker.web.data import extract_views, release_views, views
from tracker.web.data.feed import ReleaseFeed


class ReleaseName(StringConverter):
    regex = r"[0-9]{4}q[1-4]-[0-9]{1,4}"


register_converter(ReleaseName, "release")

urlpatterns = [
    path("", views.catalogue, name="data"),
    path("dictionary/", views.dictionary, name="data-dictionary"),
    path("releases.atom", ReleaseFeed(), name="data-feed"),
    path("questionnaire.xlsx", views.questionnaire, name="data-questionnaire"),
    path("latest/", views.latest, name="data-latest"),
    path("latest/<str:name>", views.latest_file, name="data-latest-file"),
    path("extract/", extract_views.extract, name="extract"),
    path("extract/<uuid:uuid>/", extract_views.workbook, name="extract-workbook"),
    path("extract/<uuid:uuid>/file", extract_views.workbook_file, name="extract-file"),
    path("manage/", release_views.manage, name="releases"),
    path("manage/<release:name>/<str:act>", release_views.act, name="release-act"),
    path("<release:name>/", views.release_page, name="data-release"),
    path("<release:name>/<str:file>", views.release_file, name="data-file"),
]
