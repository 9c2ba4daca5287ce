"""Rows and files that many tests read and none changes are made once for all tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation

from tracker.places.models import Area
from tracker.workflows.setup.areas import keep_areas

# The folders that tests write to, by the name of their setting.
FOLDERS = {
    "PHOTO_ROOT": "photos",
    "VAR_DIR": "var",
    "MAP_DATA_ROOT": "map_data",
    "PICTURE_ROOT": "maps",
    "SEAL_KEYS": "seal_keys",
}


def quiet() -> override_settings:
    """Passwords are quick, files have the names they were written under, pages are English."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**settings.STORAGES, "staticfiles": static},
        LANGUAGE_CODE="en",
    )


@contextmanager
def site_in(folder: Path) -> Iterator[None]:
    """Everything written goes to a folder, and pages are English."""
    paths = {name: folder / part for name, part in FOLDERS.items()}
    with override_settings(**paths), translation.override("en"):
        yield


@contextmanager
def rows_kept() -> Iterator[None]:
    """A transaction around the tests of a module: each undoes what it did itself, and no more."""
    with transaction.atomic():
        # As Django's own TestCase says it: `durable` blocks inside are let through.
        connection.atomic_blocks[-1]._from_testcase = True  # type: ignore[attr-defined]
        if not Area.objects.exists():
            keep_areas()
        yield
        transaction.set_rollback(True)
