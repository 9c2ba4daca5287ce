"""What no installation may start with: better no server than one that lets the wrong people in."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ImproperlyConfigured

from config.environment import LOOPBACK_HOSTS


def check_production(required: Mapping[str, object], *, is_debug: bool) -> None:
    """Production has no defaults for what only its administrator knows."""
    for name, value in required.items():
        if not value:
            raise ImproperlyConfigured(f"{name} must be set when NOREN_MODE=production.")
    if is_debug:
        raise ImproperlyConfigured("NOREN_DEBUG=1 is refused when NOREN_MODE=production.")


def check_demo(hosts: Collection[str], *, is_production: bool) -> None:
    """The role chooser answers whoever reaches it, so nobody from elsewhere may."""
    if is_production:
        raise ImproperlyConfigured("NOREN_DEMO=1 lets anybody in: it is refused in production.")
    if not set(hosts) <= {*LOOPBACK_HOSTS, "testserver"}:
        raise ImproperlyConfigured(
            "NOREN_DEMO=1 lets anybody in: ALLOWED_HOSTS must be loopback only."
        )
