"""What a program inside a scratch copy begins with.

`python -m tests.promises.inside` makes what an installation has before anything is added.
"""

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client

SHOPS, MONTHS = 30, 6


def set_up() -> None:
    """Django, on the migrated database of the copy; pages need no collected static files."""
    django.setup()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def reader(language: str) -> Client:
    """Somebody who is not signed in."""
    return Client(headers={"host": "127.0.0.1", "accept-language": language})


def last_quarter() -> str:
    """The last one that has ended, in Tokyo: `2026q3`."""
    from django.utils import timezone

    from tracker.months import month_of

    year, month = divmod(month_of(timezone.now()), 12)
    return f"{year}q{month // 3}" if month >= 3 else f"{year - 1}q4"


def be_at_work() -> None:
    """Shops, visits, counts, a release."""
    call_command("demo", shops=SHOPS, months=MONTHS)
    call_command("publish", last_quarter())


if __name__ == "__main__":
    set_up()
    be_at_work()
