"""The team and its people."""

from django.urls import path

from tracker.web import area_views, people_views

urlpatterns = [
    path("", people_views.team_page, name="team"),
    path("<int:person_id>/", people_views.person_page, name="person"),
    path("<int:person_id>/role", people_views.change_role, name="person-role"),
    path("<int:person_id>/close", people_views.close, name="person-close"),
    path("<int:person_id>/open", people_views.open_again, name="person-open"),
    path("<int:person_id>/let-in", people_views.let_in, name="person-let-in"),
    path("<int:person_id>/assign", area_views.assign, name="person-assign"),
    path("<int:person_id>/unassign", area_views.unassign, name="person-unassign"),
    path("devices/<int:device_id>/end", people_views.end_device, name="device-end"),
]
