"""Public claims beside the figures."""

from django.urls import path

from tracker.web import claim_views

urlpatterns = [
    path("", claim_views.claims, name="claims"),
    path("first/", claim_views.first, name="claim-first"),
    path("manage/", claim_views.manage, name="claims-manage"),
    path("manage/<slug:slug>/end", claim_views.end, name="claim-end"),
    path("<slug:slug>/", claim_views.claim, name="claim"),
]
