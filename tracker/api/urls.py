"""Routes of the API."""

from django.urls import path

from tracker.api import plan_views, views

urlpatterns = [
    path("", views.Root.as_view(), name="api-root"),
    path("adoption/", views.Adoption.as_view(), name="api-adoption"),
    path("areas/", views.Areas.as_view(), name="api-areas"),
    path("field/plan", plan_views.DayPlan.as_view(), name="api-field-plan"),
]
