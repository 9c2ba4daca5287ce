"""How often somebody may ask; said with Retry-After. Phones that hand in are never held up."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from tracker.accounts.models import TokenGrant, User

NET = 64  # bits of an IPv6 address that one customer has


class AddressRate(SimpleRateThrottle):
    """For people and programs that we do not know."""

    scope = "address"

    def get_rate(self) -> str | None:
        return _a_minute(settings.API_RATE_ADDRESS)

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if isinstance(request.user, User):
            return None
        return f"api_rate_{_network(self.get_ident(request))}"


class TokenRate(SimpleRateThrottle):
    """For a token; for a person without one."""

    scope = "token"

    def get_rate(self) -> str | None:
        return _a_minute(settings.API_RATE_TOKEN)

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if isinstance(request.auth, TokenGrant):
            return f"api_rate_token_{request.auth.pk}"
        return f"api_rate_person_{request.user.pk}" if isinstance(request.user, User) else None


def _a_minute(number: int) -> str | None:
    """The rate as DRF writes it; None, which is no limit, for 0."""
    return f"{number}/minute" if number else None


def _network(text: str) -> str:
    """An IPv4 address, or the network of an IPv6 one; what is neither shares one limit."""
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(ip_network((address, NET), strict=False)).replace("/", "_")
    return str(address)
