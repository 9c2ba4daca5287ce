"""The rooms that decide what is true, and the tests that should notice any change in them."""

from pathlib import Path
from typing import NamedTuple

BASE = Path(__file__).resolve().parent.parent.parent


class Room(NamedTuple):
    """One file. A move costs one line here: survivors are listed by the room's name."""

    name: str
    path: str
    tests: tuple[str, ...]  # files or folders under tests/, the quickest first

    @property
    def file(self) -> Path:
        return BASE / self.path

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def words(self) -> list[str]:
        return [str(BASE / "tests" / name) for name in self.tests]


SYNC = ("fieldwork/kinds", "fieldwork/sync", "fieldwork/test_entry.py")
OUTBOX = ("outbox", "workflows/test_dispatch.py")
ROOMS = (
    Room(
        "timeline",
        "tracker/adoption/timeline.py",
        ("adoption/test_timeline.py", "adoption/test_unions.py"),
    ),
    Room(
        "timelines",
        "tracker/adoption/timelines.py",
        ("adoption/test_unions.py", "adoption/test_timelines.py"),
    ),
    Room(
        "packing",
        "tracker/adoption/packing.py",
        ("adoption/test_packing.py", "adoption/test_timelines.py"),
    ),
    Room(
        "intervals",
        "tracker/intervals.py",
        ("adoption/estimation/test_estimates.py", "test_intervals.py"),
    ),
    Room("rulebook", "tracker/rules/rulebook.py", ("rules",)),
    Room("transitions", "tracker/moderation/transitions.py", ("moderation/test_transitions.py",)),
    Room("permissions", "tracker/accounts/permissions.py", ("accounts/test_permissions.py",)),
    Room("log", "tracker/audit/log.py", ("audit",)),
    Room("log-queries", "tracker/audit/queries.py", ("audit/test_queries.py",)),
    Room("outbox", "tracker/outbox/actions.py", OUTBOX),
    Room("outbox-queries", "tracker/outbox/queries.py", OUTBOX),
    Room(
        "dispatch",
        "tracker/workflows/dispatch.py",
        ("workflows/test_handlers.py", "workflows/test_dispatch.py"),
    ),
    Room("entry", "tracker/fieldwork/entry.py", SYNC),
    Room("kinds", "tracker/fieldwork/kinds/single.py", SYNC),
    Room("kinds-several", "tracker/fieldwork/kinds/several.py", SYNC),
    Room("values", "tracker/fieldwork/kinds/values.py", SYNC),
    Room("sync-entries", "tracker/fieldwork/sync/entries.py", SYNC),
    Room("sync-batches", "tracker/fieldwork/sync/batches.py", (*SYNC, "api/phone/test_batches.py")),
    Room("sync-answers", "tracker/fieldwork/sync/answers.py", SYNC),
    Room("sync-clock", "tracker/fieldwork/sync/clock.py", SYNC),
    Room("sealing", "tracker/fieldwork/sealing.py", ("fieldwork/test_sealing.py",)),
    Room("grid", "tracker/places/grid.py", ("places/test_grid_tables.py", "places/test_grid.py")),
    Room("csv", "tracker/publication/files/csv_file.py", ("publication/files/test_csv.py",)),
    Room(
        "workbook",
        "tracker/publication/files/xlsx_file.py",
        ("publication/files/test_workbook.py",),
    ),
)
