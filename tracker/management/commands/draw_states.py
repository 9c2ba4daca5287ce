"""`manage.py draw_states`: draw the state machine into docs/architecture.md."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.moderation.diagram import with_diagram


class Command(BaseCommand):
    help = "Draw the states of a visit into docs/architecture.md from the table of moves."

    def handle(self, *args: object, **options: object) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "architecture.md"
        path.write_text(with_diagram(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{path.name} drawn")
