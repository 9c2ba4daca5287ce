"""`manage.py import_areas FILE.geojson`: ward boundaries, as MLIT's N03 gives them."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.errors import ImportFailed
from tracker.places.credits import BOUNDARIES
from tracker.workflows.setup.areas import import_areas


class Command(BaseCommand):
    help = "Import ward boundaries (GeoJSON with N03_007 or code) and re-locate the shops."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default=BOUNDARIES, help="the credit shown under maps")

    def handle(self, *args: object, **options: object) -> None:
        try:
            report = import_areas(
                path=Path(str(options["file"])), source=str(options["source"]), at=timezone.now()
            )
        except ImportFailed as failure:
            raise CommandError(f"Nothing was imported. {failure.message}") from failure
        self.stdout.write(
            f"wards {report.wards}, other municipalities ignored {report.ignored}, "
            f"shops located anew {report.moved}"
        )
