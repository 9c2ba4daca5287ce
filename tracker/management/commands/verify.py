"""`manage.py verify`: recount by another road; exit 0 when everything agrees, 1 when not."""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from tracker.management.progress import ProgressBar
from tracker.publication.releases.queries import all_releases, release_named
from tracker.workflows.counting import counts
from tracker.workflows.publishing.release_checks import differences_of_release


class Command(BaseCommand):
    help = "Recount everything from visits and decisions and name every difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--release", default="", help="look at this release instead: 2026q3-1")

    def handle(self, *args: object, **options: object) -> None:
        if options["release"]:
            self._release(str(options["release"]))
            return
        bar = ProgressBar("Recounting shops", sys.stderr)
        verdict = counts.verify(progress=bar.show if sys.stderr.isatty() else counts.silent)
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "differences": [str(found) for found in verdict.differences],
                        "waiting": verdict.waiting,
                        "set_aside": verdict.set_aside,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            self._tell(verdict)
        if not verdict.is_clean:
            sys.exit(1)

    def _release(self, name: str) -> None:
        """Its files against their SHA-256, its numbers against a recount of its moment."""
        release = release_named(name, among=all_releases())
        if release is None:
            raise CommandError(f"there is no release {name}")
        differences = differences_of_release(release)
        for difference in differences:
            self.stdout.write(str(difference))
        self.stdout.write(f"{len(differences)} differences")
        if differences:
            sys.exit(1)

    def _tell(self, verdict: counts.RecountVerdict) -> None:
        for difference in verdict.differences:
            self.stdout.write(str(difference))
        if verdict.waiting:
            self.stdout.write(f"{verdict.waiting} outbox messages are still waiting for a worker")
        if verdict.set_aside:
            self.stdout.write(f"{verdict.set_aside} outbox messages were set aside after failing")
        self.stdout.write(f"{len(verdict.differences)} differences")
