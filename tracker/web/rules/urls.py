"""Which route at the till gives which wallet, from which day to which."""

from django.urls import path

from tracker.web.rules import views

urlpatterns = [
    path("", views.rules, name="rules"),
    path("add/", views.add, name="rule-add"),
    path("<int:rule_id>/end/", views.end, name="rule-end"),
]
