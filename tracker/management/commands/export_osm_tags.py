"""`manage.py export_osm_tags FILE`: what a mapper may change in OpenStreetMap, by hand."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.publication.files.csv_file import table_lines
from tracker.publication.files.osm_tags import OsmTag
from tracker.workflows.publishing.osm_export import export_osm_tags


class Command(BaseCommand):
    help = "Write the tags of OpenStreetMap that approved visits speak against, as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV to write; it must not exist")

    def handle(self, *args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        try:
            with path.open("x", encoding="utf-8", newline="") as file:
                rows = export_osm_tags(at=timezone.now())
                number = -1  # the head is a line too
                for line in table_lines(OsmTag._fields, rows, for_excel=False):
                    file.write(line)
                    number += 1
        except FileExistsError as error:
            raise CommandError(f"{path} is there already. Name another file.") from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{number} tags to look at, in {path}")
