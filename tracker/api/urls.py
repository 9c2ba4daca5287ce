"""Routes of the API."""

from django.urls import path

from tracker.api import plan_views, views, work_views

urlpatterns = [
    path("", views.Root.as_view(), name="api-root"),
    path("adoption/", views.Adoption.as_view(), name="api-adoption"),
    path("areas/", views.Areas.as_view(), name="api-areas"),
    path("field/plan", plan_views.DayPlan.as_view(), name="api-field-plan"),
    path("field/work", work_views.Work.as_view(), name="api-field-work"),
]
