"""Routes of the API."""

from django.urls import path

from tracker.api import views

urlpatterns = [
    path("", views.Root.as_view(), name="api-root"),
    path("adoption/", views.Adoption.as_view(), name="api-adoption"),
    path("areas/", views.Areas.as_view(), name="api-areas"),
]
