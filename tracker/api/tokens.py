"""Who a token speaks for. knox makes the tokens and their digests; the grants are ours."""

from hmac import compare_digest

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

from tracker.accounts.models import TokenGrant, User
from tracker.accounts.queries import grants_by_key
from tracker.workflows.people.tokens import see_token


class GrantedToken(TokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """`request.auth` becomes the grant. Reads only: a token that has ended is not deleted here."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, TokenGrant]:
        now = timezone.now()
        text = token.decode("latin-1")  # what is no token is looked up in vain, and is no error
        digest = hash_token(text)
        for grant in grants_by_key(text[: CONSTANTS.TOKEN_KEY_LENGTH]):
            if compare_digest(digest, grant.token_id) and grant.ends_at > now:
                see_token(grant=grant, at=now)
                return grant.person, grant
        raise AuthenticationFailed(_("This token is unknown, expired or revoked."))


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tracker.api.tokens.GrantedToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, object]:
        """How the schema describes it."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": gettext_lazy(
                "Created on the page “Tokens for programs”; expires by itself."
            ),
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, object]:
        """How the schema describes it."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": gettext_lazy("A browser in which somebody is signed in."),
        }
