"""Routes of the API."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from tracker.api import figure_views, job_views, place_views, release_views, views
from tracker.api.docs import views as docs_views
from tracker.api.phone import plan_views, session_views, visit_views, work_views


class Sha256(StringConverter):
    regex = "[0-9a-f]{64}"


register_converter(Sha256, "sha256")

urlpatterns = [
    path("", views.Root.as_view(), name="api-root"),
    path("adoption/", figure_views.Adoption.as_view(), name="api-adoption"),
    path("adoption/series/", figure_views.AdoptionSeries.as_view(), name="api-adoption-series"),
    path("areas/", place_views.Areas.as_view(), name="api-areas"),
    path("segments/", place_views.Segments.as_view(), name="api-segments"),
    path("shops/", place_views.Shops.as_view(), name="api-shops"),
    path("releases/", release_views.Releases.as_view(), name="api-releases"),
    path("jobs/", job_views.Jobs.as_view(), name="api-jobs"),
    path("schema/", views.Schema.as_view(), name="api-schema"),
    path("docs/", docs_views.docs, name="api-docs"),
    path("field/plan", plan_views.DayPlan.as_view(), name="api-field-plan"),
    path("field/work", work_views.WorkView.as_view(), name="api-field-work"),
    path("field/session", session_views.Session.as_view(), name="api-session"),
    path("field/open", session_views.Open.as_view(), name="api-open"),
    path("visits/batch", visit_views.VisitBatch.as_view(), name="api-batch"),
    path(
        "visits/<uuid:uuid>/photos/<sha256:sha256>",
        visit_views.VisitPhoto.as_view(),
        name="api-visit-photo",
    ),
    path("visits/<uuid:uuid>/withdraw", visit_views.Withdraw.as_view(), name="api-withdraw"),
    # Last: what ends in a slash and is nothing else. Without the slash Django adds one first.
    re_path(r"^[\s\S]*/$", views.Nothing.as_view(), name="api-nothing"),
]
