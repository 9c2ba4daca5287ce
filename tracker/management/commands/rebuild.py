"""`manage.py rebuild`: count everything from scratch."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.management.progress import Bar
from tracker.workflows import counts


class Command(BaseCommand):
    help = "Count adoption from scratch, from approved visits only."

    def handle(self, *args: object, **options: object) -> None:
        bar = Bar("Counting shops", sys.stderr)
        cells = counts.rebuild(at=timezone.now(), progress=bar.show)
        bar.end()
        self.stdout.write(f"{cells} cells counted")
