"""`manage.py import_frame FILE`: establishments per ward or 500 m square, from a census."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.errors import ImportFailed
from tracker.frames.groups import GROUPS
from tracker.frames.readers import KINDS
from tracker.workflows.setup.frames import FrameFile, FrameReport, import_frame

SHOWN = 20


class Command(BaseCommand):
    help = "Import a census frame; running it again on the same file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--vintage", required=True, help="the day it speaks of, YYYY-MM-DD")
        parser.add_argument("--source", required=True, help="who counted, and which table")
        parser.add_argument("--licence", default="")
        parser.add_argument("--format", choices=KINDS, default="", dest="kind")
        parser.add_argument("--industry", default="cat01", help="e-Stat: dimension of JSIC codes")
        parser.add_argument("--group", choices=list(GROUPS), default="", help="e-Stat: of all rows")
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            metavar="DIMENSION=CODE",
            help="e-Stat: keep",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: object) -> None:
        try:
            report = import_frame(
                file=_file(options), dry_run=bool(options["dry_run"]), at=timezone.now()
            )
        except ImportFailed as failure:
            raise CommandError(f"Nothing was imported. {failure.message}") from failure
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
        else:
            self._tell(report)

    def _tell(self, report: FrameReport) -> None:
        if report.was_known:
            self.stdout.write("this file was imported before; nothing changed")
            return
        for line, reason in report.errors[:SHOWN]:
            self.stdout.write(f"error: row {line}: {reason}")
        if len(report.errors) > SHOWN:
            self.stdout.write(f"… and {len(report.errors) - SHOWN} more; --json lists all")
        self.stdout.write(
            f"kept {report.kept} (of them not told by the census {report.hidden}), "
            f"city totals left out {report.cities}, elsewhere {report.elsewhere}, "
            f"errors {len(report.errors)}"
        )


def _file(options: dict[str, object]) -> FrameFile:
    try:
        vintage = date.fromisoformat(str(options["vintage"]))
    except ValueError as error:
        raise CommandError("--vintage must be a day, YYYY-MM-DD") from error
    pairs = [str(pair).partition("=") for pair in options["only"]]  # type: ignore[attr-defined]
    return FrameFile(
        path=Path(str(options["file"])),
        vintage=vintage,
        source=str(options["source"]),
        licence=str(options["licence"]),
        kind=str(options["kind"]),
        industry=str(options["industry"]),
        group=str(options["group"]),
        only={key: code for key, _equals, code in pairs},
    )
