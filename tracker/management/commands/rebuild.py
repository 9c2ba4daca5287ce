"""`manage.py rebuild`: count everything from scratch."""

import os
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.adoption.models import AdoptionCount
from tracker.management.progress import ProgressBar
from tracker.places.atlas.cities import City
from tracker.workflows.counting.rebuild import give_up_rebuild, join_rebuild
from tracker.workflows.counting.rebuild_here import rebuild_here


class Command(BaseCommand):
    help = "Count adoption from scratch, from approved visits only; goes on where it was killed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--processes", type=int, default=min(3, os.cpu_count() or 1), help="to share the cities"
        )
        parser.add_argument("--fresh", action="store_true", help="drop an unfinished rebuild first")
        parser.add_argument(
            "--cities",
            nargs="+",
            default=[],
            choices=City.values,
            metavar="CODE",
            help="count these of an unfinished rebuild and leave its end to others",
        )

    def handle(self, *args: object, **options: object) -> None:
        if options["fresh"] and give_up_rebuild(at=timezone.now()):
            self.stdout.write("dropped an unfinished rebuild")
        if options["cities"]:
            join_rebuild(cities=list(options["cities"]), at=timezone.now())  # type: ignore[call-overload]
            return
        bar = ProgressBar("Counting shops", sys.stderr)
        snapshot = rebuild_here(
            at=timezone.now(), progress=bar.show, processes=int(str(options["processes"]))
        )
        bar.end()
        rows = AdoptionCount.objects.filter(snapshot=snapshot).count()
        self.stdout.write(f"{rows} areas and segments counted")
