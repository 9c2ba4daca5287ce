"""`manage.py demo`: fill an empty database with invented shops and visits."""

import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.demo import demonstration
from tracker.errors import TrackerError
from tracker.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Invent shops and visits that follow adoption curves, through the real workflows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--shops", type=int, default=1200)
        parser.add_argument("--months", type=int, default=24)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: object, **options: int) -> None:
        if settings.PRODUCTION:
            raise CommandError("Invented data are refused in production.")
        bar = ProgressBar("Inventing shops and visits", sys.stderr)
        plan = demonstration.Plan(
            shops=options["shops"],
            months=options["months"],
            seed=options["seed"],
            at=timezone.now(),
        )
        try:
            visits = demonstration.load(plan=plan, progress=bar.show)
        except TrackerError as error:
            raise CommandError(error.message) from error
        bar.end()
        self.stdout.write(f"{plan.shops} invented shops, {visits} invented visits")
