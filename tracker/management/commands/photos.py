"""`manage.py photos`: queue the photos whose work was set aside, once its cause is mended."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.workflows.entries import photos


class Command(BaseCommand):
    help = "Put waiting photos that nobody works on any more back into the queue."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{photos.put_back(at=timezone.now())} photos are in the queue again")
