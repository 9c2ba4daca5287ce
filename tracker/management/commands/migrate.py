"""`manage.py migrate`: Django's own, and then the areas that the code knows are in the table.

A migration is frozen, so it cannot know a city that is added later. Here the one command that
every installation, every test database and `make run` types anyway brings it in.
"""

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tracker.workflows.counting.rules import keep_start_rules
from tracker.workflows.setup.areas import keep_areas


class Command(Migrate):
    def handle(self, *args: object, **options: object) -> None:
        super().handle(*args, **options)
        alias = str(options["database"])
        if options["plan"] or options["check_unapplied"] or options["prune"]:
            return
        if _is_complete(alias):
            added = keep_areas()
            if added and int(str(options["verbosity"])):
                self.stdout.write(f"  Added areas: {', '.join(added)}")
            keep_start_rules(at=timezone.now())


def _is_complete(alias: str) -> bool:
    """Whether our tables are those of the models; not after `migrate tracker 0003`."""
    executor = MigrationExecutor(connections[alias])
    ours = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "tracker"]
    return executor.migration_plan(ours) == []
