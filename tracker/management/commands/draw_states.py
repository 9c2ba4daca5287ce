"""`manage.py draw_states`: write what documents show of the code, from the code."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.moderation.diagram import with_diagram
from tracker.moderation.triage.listing import with_table

PAGES: dict[str, Callable[[str], str]] = {"architecture.md": with_diagram, "desk.md": with_table}


class Command(BaseCommand):
    help = "Draw the states of a visit into docs/architecture.md, the flags into docs/desk.md."

    def handle(self, *args: object, **options: object) -> None:
        for name, drawn in PAGES.items():
            path = Path(settings.BASE_DIR) / "docs" / name
            path.write_text(drawn(path.read_text(encoding="utf-8")), encoding="utf-8")
            self.stdout.write(f"{name} drawn")
