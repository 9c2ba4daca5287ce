"""Public claims beside the figures."""

from django.urls import path

from tracker.web.claims import views

urlpatterns = [
    path("", views.claims, name="claims"),
    path("first/", views.first, name="claim-first"),
    path("manage/", views.manage, name="claims-manage"),
    path("manage/<slug:slug>/end", views.end, name="claim-end"),
    path("<slug:slug>/", views.claim, name="claim"),
]
