"""The team and its people."""

from django.urls import path

from tracker.web.team import area_views, views

urlpatterns = [
    path("", views.team_page, name="team"),
    path("<int:person_id>/", views.person_page, name="person"),
    path("<int:person_id>/role", views.change_role, name="person-role"),
    path("<int:person_id>/close", views.close, name="person-close"),
    path("<int:person_id>/open", views.open_again, name="person-open"),
    path("<int:person_id>/let-in", views.let_in, name="person-let-in"),
    path("<int:person_id>/assign", area_views.assign, name="person-assign"),
    path("<int:person_id>/unassign", area_views.unassign, name="person-unassign"),
    path("devices/<int:device_id>/end", views.end_device, name="device-end"),
]
