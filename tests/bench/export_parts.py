"""The parts of the export's measuring that need Django: `… export_parts NAME`."""

import json
import os
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from psycopg import ClientCursor  # noqa: E402

from tests.bench.fill import fill  # noqa: E402
from tests.bench.town import town  # noqa: E402
from tracker.accounts.models import User  # noqa: E402
from tracker.accounts.roles import Role  # noqa: E402
from tracker.fieldwork.models import Visit  # noqa: E402
from tracker.months import month_index  # noqa: E402
from tracker.outbox.actions import without_notifying  # noqa: E402
from tracker.publication.extracts.columns import COLUMNS  # noqa: E402
from tracker.publication.extracts.rows import ExtractFilter, columns_sql, lines_sql  # noqa: E402
from tracker.workflows.publishing.extract_making import make_workbook  # noqa: E402
from tracker.workflows.publishing.extracts import ask_workbook  # noqa: E402

Result = dict[str, object]
SHOPS_PER_VISIT = 5
SALT = "a" * 32
FIRST, LAST = month_index(2021, 7), month_index(2026, 6)
EVERYTHING = ExtractFilter("", FIRST, LAST)
A_FIFTH = ExtractFilter("", LAST - 11, LAST)  # of sixty months


def prepare(rows: int) -> Result:
    """A filled database, unless it is there."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not Visit.objects.exists():
        fill(town(shops=rows // SHOPS_PER_VISIT, visits=rows))
    return {"rows": rows}


def statement() -> Result:
    """The same SELECT for the program of the database itself.

    The sqlite3 shell has no SHA-256; its own SHA-3 stands in for it.
    """
    if connection.vendor == "postgresql":
        ours = columns_sql(EVERYTHING, salt=SALT)
        connection.ensure_connection()
        with ClientCursor(connection.connection) as cursor:
            sql = cursor.mogrify(ours.sql, ours.values)
        return {"sql": f"COPY ({sql}) TO STDOUT WITH CSV HEADER"}
    ours = lines_sql(EVERYTHING)
    key = f"lower(hex(substr(sha3('{SALT}' || r.id, 256), 1, 8)))"
    columns = ", ".join(f"{one.sql_for('sqlite')} AS {one.name}" for one in COLUMNS)
    source = ours.sql[ours.sql.index("\nFROM ") : ours.sql.rindex(" ORDER BY")]
    for value in ours.values:
        source = source.replace("%s", f"'{value}'", 1)
    order = ", ".join(str(number) for number in range(1, len(COLUMNS) + 1))
    columns = columns.replace("extract_key(r.id)", key)
    return {"sql": f"SELECT {columns} {source} ORDER BY {order}"}


def workbook(folder: str) -> Result:
    """A workbook of a fifth of the rows, made here as a worker makes it."""
    settings.EXTRACT_ROOT = folder
    by, _made = User.objects.get_or_create(username="analyst", defaults={"role": Role.ANALYST})
    with without_notifying():
        asked = ask_workbook(purpose="bench", wanted=A_FIFTH, by=by, at=timezone.now())
    started = time.perf_counter()
    make_workbook(uuid=str(asked.uuid), at=timezone.now())
    seconds = time.perf_counter() - started
    asked.refresh_from_db()
    assert asked.made_at is not None
    assert asked.job is not None
    return {"rows": asked.job.total - 1, "seconds": seconds}


PARTS: dict[str, Callable[..., Result]] = {
    "prepare": lambda rows: prepare(int(rows)), "statement": statement, "workbook": workbook,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
