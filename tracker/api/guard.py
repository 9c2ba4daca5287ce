"""The API asks the same permission table as the pages."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from tracker.accounts.permissions import Person, may
from tracker.accounts.routes import action_of


class TablePermission(BasePermission):
    """Allows what the table allows for the route; the middleware has asked once already."""

    def has_permission(self, request: Request, view: object) -> bool:
        match = request.resolver_match
        action = action_of(match.view_name if match else "")
        person: Person = request.user
        return action is not None and may(person, action)
