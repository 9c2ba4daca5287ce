"""Compute the flags of entries anew."""

import sys

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.management.progress import ProgressBar
from tracker.workflows.judging.screen import TOGETHER, recompute, screen_visits


class Command(BaseCommand):
    help = "Compute the flags of waiting entries anew, or of all entries that were not withdrawn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="decided entries too")

    def handle(self, *args: object, **options: bool) -> None:
        visits = Visit.objects.exclude(state=VisitState.WITHDRAWN).order_by("received_at", "pk")
        if not options["all"]:
            visits = visits.filter(state=VisitState.SUBMITTED)
        rows = list(visits.values_list("pk", "state"))
        bar = ProgressBar("Screening entries", sys.stderr)
        for begin in range(0, len(rows), TOGETHER):
            part = rows[begin : begin + TOGETHER]
            waiting = [pk for pk, state in part if state == VisitState.SUBMITTED]
            decided = [pk for pk, state in part if state != VisitState.SUBMITTED]
            screen_visits(visit_ids=waiting, at=timezone.now())
            recompute(visit_ids=decided, at=timezone.now())
            bar.show(begin + len(part), len(rows))
        bar.end()
        self.stdout.write(f"{len(rows)} entries screened")
