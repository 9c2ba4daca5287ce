"""The API asks the same permission table as the pages."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from tracker.accounts.models import TokenGrant
from tracker.accounts.permissions import Person, may
from tracker.accounts.routes import SCOPES, action_of


class TablePermission(BasePermission):
    """Allows what the table allows for the route, and to a token what its scopes name."""

    def has_permission(self, request: Request, view: object) -> bool:
        match = request.resolver_match
        name = match.view_name if match else ""
        action = action_of(name)
        person: Person = request.user
        if isinstance(request.auth, TokenGrant) and SCOPES.get(name) not in request.auth.scopes:
            return False
        return action is not None and may(person, action)
