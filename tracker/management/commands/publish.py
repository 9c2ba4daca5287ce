"""`manage.py publish 2026q3`: make, check and publish a release."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.errors import TrackerError
from tracker.management.progress import ProgressBar
from tracker.publication.releases.files import STEPS
from tracker.workflows import dispatch
from tracker.workflows.publishing import release_making, releases


class Command(BaseCommand):
    help = "Make a release of a quarter that has ended, check it, and publish it for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", help="like 2026q3")
        parser.add_argument("--why", default="", help="what is new, or what was wrong")
        parser.add_argument("--provisional", action="store_true", help="make and check it only")

    def handle(self, *args: object, **options: object) -> None:
        try:
            self._publish(
                str(options["quarter"]), str(options["why"]), bool(options["provisional"])
            )
        except (TrackerError, release_making.NotYet, OSError) as error:
            raise CommandError(str(error)) from error

    def _publish(self, quarter: str, why: str, is_provisional: bool) -> None:
        dispatch.sweep(at=timezone.now())  # what was decided is counted first
        release = releases.begin_release(quarter=quarter, why=why, by=None, at=timezone.now())
        bar, done = ProgressBar("Writing files", sys.stderr), iter(range(1, len(STEPS) + 1))
        release_making.make_release(
            release_id=release.pk,
            at=timezone.now(),
            after_each=lambda: bar.show(next(done), len(STEPS)),
        )
        bar.end()
        release.refresh_from_db()
        release_making.check_release(release=release, by=None, at=timezone.now())
        if not is_provisional:
            releases.publish_release(release=release, by=None, at=timezone.now())
        self.stdout.write(f"{release.name}: {release.get_state_display()}")
        for file in release.files.order_by("pk"):
            self.stdout.write(f"{file.sha256}  {file.size_bytes:>11,}  {file.name}")
