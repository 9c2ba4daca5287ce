"""`manage.py import_shops FILE`: shops from GeoJSON, CSV or Overpass JSON."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.errors import ImportFailed
from tracker.management.progress import ProgressBar
from tracker.places.imports.files import FORMATS
from tracker.places.kinds import Segment
from tracker.workflows.setup.imports import ImportReport, import_shops

SHOWN = 20  # of each list; --json prints all


class Command(BaseCommand):
    help = "Import shops; running it again on the same file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, default="", dest="format_name")
        parser.add_argument("--dataset", default="", help="name of the source (default: the file)")
        parser.add_argument(
            "--segment", choices=Segment.values, default=Segment.OTHER, help="of rows without tags"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: object) -> None:
        bar = ProgressBar("import", sys.stderr) if sys.stderr.isatty() else None
        try:
            report = import_shops(
                path=Path(str(options["file"])),
                format_name=str(options["format_name"]),
                dataset=str(options["dataset"]),
                segment=Segment(str(options["segment"])),
                dry_run=bool(options["dry_run"]),
                at=timezone.now(),
                progress=bar.show if bar else _silent,
            )
        except ImportFailed as failure:
            raise CommandError(f"Nothing was imported. {failure.message}") from failure
        if bar:
            bar.end()
        if options["json"]:
            self.stdout.write(json.dumps(_plain(report), ensure_ascii=False, indent=1))
            return
        self._tell(report, dry_run=bool(options["dry_run"]))

    def _tell(self, report: ImportReport, *, dry_run: bool) -> None:
        for note in report.notes:
            self.stdout.write(f"note: {note}")
        self._list("duplicate", report.duplicates)
        self._list("error", [f"row {number}: {reason}" for number, reason in report.errors])
        self.stdout.write(
            f"{'dry run, nothing kept: ' if dry_run else ''}"
            f"created {report.created}, updated {report.updated}, unchanged {report.unchanged}, "
            f"set aside {report.set_aside} (outside the cities), "
            f"duplicates {len(report.duplicates)}, errors {len(report.errors)}"
        )

    def _list(self, word: str, lines: list[str]) -> None:
        for line in lines[:SHOWN]:
            self.stdout.write(f"{word}: {line}")
        if len(lines) > SHOWN:
            self.stdout.write(f"… and {len(lines) - SHOWN} more; --json lists all")


def _silent(done: int, total: int) -> None:
    """No bar where nobody watches."""


def _plain(report: ImportReport) -> dict[str, object]:
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "set_aside": report.set_aside,
        "duplicates": report.duplicates,
        "errors": [{"row": number, "reason": reason} for number, reason in report.errors],
        "notes": report.notes,
    }
