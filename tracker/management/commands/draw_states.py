"""`manage.py draw_states`: write what documents show of the code, from the code."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.fieldwork.sync.listing import with_table as with_fields
from tracker.moderation.diagram import with_diagram
from tracker.moderation.triage.listing import with_table as with_flags

PAGES: dict[str, Callable[[str], str]] = {
    "architecture.md": with_diagram,
    "desk.md": with_flags,
    "field-app.md": with_fields,
}


class Command(BaseCommand):
    help = "Write into docs/ the states of a visit, the flags, and the fields of an entry."

    def handle(self, *args: object, **options: object) -> None:
        for name, drawn in PAGES.items():
            path = Path(settings.BASE_DIR) / "docs" / name
            path.write_text(drawn(path.read_text(encoding="utf-8")), encoding="utf-8")
            self.stdout.write(f"{name} drawn")
