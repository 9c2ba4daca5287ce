"""Fill an empty site with simulated workers, honest ones and cheats."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.demo.simulated.plan import Season
from tracker.demo.simulation import simulate
from tracker.errors import TrackerError
from tracker.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Fill an empty database with simulated workers, honest ones and six kinds of cheats."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=40, help="honest workers")
        parser.add_argument("--cheats", type=int, default=10)
        parser.add_argument("--visits", type=int, default=12_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--photos", type=float, default=0.1, help="share of honest photos that are sent"
        )

    def handle(self, *args: object, **options: float) -> None:
        if settings.PRODUCTION:
            raise CommandError("Invented data are refused in production.")
        bar = ProgressBar("Simulating fieldwork", sys.stderr)
        season = Season(
            workers=int(options["workers"]),
            cheats=int(options["cheats"]),
            visits=int(options["visits"]),
            seed=int(options["seed"]),
        )
        try:
            site = simulate(season=season, photos=options["photos"], progress=bar.show)
        except TrackerError as error:
            raise CommandError(error.message) from error
        bar.end()
        self.stdout.write(f"{len(site.drafts)} entries of {len(site.workers)} workers")
