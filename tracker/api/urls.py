"""Routes of the API."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tracker.api import plan_views, session_views, views, visit_views, work_views


class Sha256(StringConverter):
    regex = "[0-9a-f]{64}"


register_converter(Sha256, "sha256")

urlpatterns = [
    path("", views.Root.as_view(), name="api-root"),
    path("adoption/", views.Adoption.as_view(), name="api-adoption"),
    path("areas/", views.Areas.as_view(), name="api-areas"),
    path("field/plan", plan_views.DayPlan.as_view(), name="api-field-plan"),
    path("field/work", work_views.Work.as_view(), name="api-field-work"),
    path("field/session", session_views.Session.as_view(), name="api-session"),
    path("field/open", session_views.Open.as_view(), name="api-open"),
    path("visits/batch", visit_views.Batch.as_view(), name="api-batch"),
    path(
        "visits/<uuid:uuid>/photos/<sha256:sha256>",
        visit_views.VisitPhoto.as_view(),
        name="api-visit-photo",
    ),
    path("visits/<uuid:uuid>/withdraw", visit_views.Withdraw.as_view(), name="api-withdraw"),
]
