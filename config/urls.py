"""Mounts the pages, the API, the sign-in and the admin."""

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from tracker.admin import site
from tracker.web.site.demo_views import enter
from tracker.web.site.health import healthz
from tracker.web.site.sign_in import change_password
from tracker.web.team.token_views import end_token, tokens_page
from tracker.web.team.views import invitation

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tracker.web.explore.urls")),
    path("data/", include("tracker.web.data.urls")),
    path("claims/", include("tracker.web.claims.urls")),
    path("rules/", include("tracker.web.rules.urls")),
    path("field/", include("tracker.web.field.urls")),
    path("desk/", include("tracker.web.desk.urls")),
    path("team/", include("tracker.web.team.urls")),
    path("api/v1/", include("tracker.api.urls")),
    path("accounts/login/", allauth.login, name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/closed/", allauth.account_inactive, name="account_inactive"),
    path("accounts/password/", change_password, name="account_change_password"),
    path("account/tokens/", tokens_page, name="tokens"),
    path("account/tokens/<uuid:uuid>/end", end_token, name="token-end"),
    path("accounts/invitation/<str:token>/", invitation, name="invitation"),
    path("accounts/demo/", enter, name="demo-enter"),
    path("language/", set_language, name="set-language"),
    path("healthz", healthz, name="healthz"),
    path("admin/", site.urls),
]
handler400 = "tracker.web.site.errors.bad_request"
handler403 = "tracker.web.site.errors.forbidden"
handler404 = "tracker.web.site.errors.not_found"
handler500 = "tracker.web.site.errors.server_error"
