"""A worker is killed while it reads a photo: the attempt is on record, the third is the last."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.anew import Beginning
from tests.fieldwork.pictures.made import picture
from tests.installed import fresh_database, site_once

pytestmark = pytest.mark.slow(30)

# Hangs in place of a decoder, after saying that it began.
HANG = "import pathlib, time; pathlib.Path({begun!r}).touch(); time.sleep(60)"
LOG = """
from datetime import UTC, datetime
from uuid import uuid4
from django.utils import timezone
from tests.factories import make_shop, make_user, make_visit
from tracker.accounts.roles import Role
from tracker.workflows.entries import photos
aki = make_user("aki", Role.FIELDWORKER)
visit = make_visit(make_shop(), aki)
data = open({file!r}, "rb").read()
print(photos.add_photo(visit=visit, data=data, by=aki, at=timezone.now()).pk)
"""
WORK = """
from django.utils import timezone
from tracker.fieldwork.pictures import photos as reading
from tracker.workflows.entries import photos
{patch}
photos.prepare_photo(photo_id={pk}, at=timezone.now())
"""
LOOK = """
from tracker.fieldwork.models import Photo
from tracker.workflows.counting.checks import differences_of_photos
photo = Photo.objects.get()
print(photo.state, photo.attempts, photo.refusal, photo.visit.state)
"""


class Site:
    """A migrated database of its own, and programs that run on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.env = {**os.environ, "DATABASE_URL": url, "NOREN_VAR": str(folder)}

    def start(self, code: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=settings.BASE_DIR,
            env=self.env,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, code: str) -> str:
        out, _nothing = self.start(code).communicate(timeout=60)
        return out.strip()

    def work_and_be_killed(self, pk: str) -> None:
        """SIGKILL to a worker and all its children, once the decoder runs."""
        begun = self.folder / "begun"
        patch = f"reading.START = {HANG.format(begun=str(begun))!r}"
        worker = self.start(WORK.format(patch=patch, pk=pk))
        until = time.monotonic() + 60
        while not begun.exists():
            assert worker.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        begun.unlink()


@pytest.fixture(scope="module")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Beginning]]:
    folder = tmp_path_factory.mktemp("kills")
    with fresh_database(folder, like=site_once(tmp_path_factory)) as url:
        yield Site(folder, url), Beginning(url, folder)


@pytest.fixture
def site(_site: tuple[Site, Beginning]) -> Site:
    """Migrated, and as it was when it was new."""
    made, beginning = _site
    beginning.bring_back()
    return made


@pytest.mark.parametrize(("kills", "end"), [(2, "ready 3  submitted"),
                                            (3, "refused 3 gave_up submitted")])  # fmt: skip
def test_each_killed_worker_is_an_attempt(site: Site, kills: int, end: str) -> None:
    file = site.folder / "photo.jpg"
    file.write_bytes(picture())
    pk = site.run(LOG.format(file=str(file)))
    for number in range(1, kills + 1):
        site.work_and_be_killed(pk)
        assert site.run(LOOK) == f"waiting {number}  submitted"
    site.run(WORK.format(patch="", pk=pk))
    assert site.run(LOOK) == end
