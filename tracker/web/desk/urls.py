"""Pages for moderators."""

from django.urls import path
from django.views.generic import RedirectView

from tracker.web.desk import act_views, check_views, log_views, page_views, shop_views, views

urlpatterns = [
    path("", views.queue, name="desk-queue"),
    path("list", views.listing, name="desk-list"),
    path("mine/", page_views.mine, name="desk-mine"),
    path("together/", page_views.together, name="desk-together"),
    path("undo", act_views.undo, name="desk-undo"),
    path("renew", act_views.renew, name="desk-renew"),
    path("leave", act_views.leave, name="desk-leave"),
    path("keys", act_views.letter_keys, name="desk-keys"),
    path("shops/", shop_views.pairs, name="desk-shops"),
    path("shops/merge", shop_views.merge, name="desk-merge"),
    path("shops/split", shop_views.split, name="desk-split"),
    path("shops/two", shop_views.two_shops, name="desk-two-shops"),
    path("checks/", check_views.checks, name="desk-checks"),
    path("checks/<int:check_id>/", check_views.check, name="desk-check"),
    path("checks/<int:check_id>/object", check_views.object_to, name="desk-object"),
    path("agreement/", check_views.agreement, name="desk-agreement"),
    path("log/", log_views.log, name="log"),
    path("trail/", RedirectView.as_view(pattern_name="log", query_string=True), name="trail"),
    path("log/file", log_views.log_file, name="log-file"),
    path("<uuid:uuid>/", views.entry, name="desk-entry"),
    path("<uuid:uuid>/panel", views.panel, name="desk-panel"),
    path("<uuid:uuid>/decide", act_views.decide, name="desk-decide"),
    path("<uuid:uuid>/skip", act_views.skip, name="desk-skip"),
    path("<uuid:uuid>/correct", page_views.correct, name="desk-correct"),
    path("<uuid:uuid>/reopen", act_views.reopen, name="desk-reopen"),
]
