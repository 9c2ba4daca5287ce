"""`manage.py make_seal_key`: a new key for phones to seal with; the old ones still open."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.workflows.setup.seals import make_seal_key


class Command(BaseCommand):
    help = "Make a key that phones seal with from now on. Old keys must be kept: they still open."

    def handle(self, *args: object, **options: object) -> None:
        path = make_seal_key(at=timezone.now())
        self.stdout.write(f"made {path}")
        self.stdout.write("Back it up now, apart from the database: docs/security.md says how.")
