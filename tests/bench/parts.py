"""The measured parts, each a process of its own on a filled database: `… parts NAME`."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench.duck import CHECKSUM, write_parquet  # noqa: E402
from tests.bench.fill import fill  # noqa: E402
from tests.bench.measure import VERIFIED  # noqa: E402
from tests.bench.town import town  # noqa: E402
from tests.factories import make_entry, make_shop  # noqa: E402
from tracker.accounts.models import User  # noqa: E402
from tracker.accounts.roles import Role  # noqa: E402
from tracker.adoption.actions import refresh_cells  # noqa: E402
from tracker.adoption.models import AdoptionCount  # noqa: E402
from tracker.adoption.rows import counts_in  # noqa: E402
from tracker.adoption.states import SnapshotState  # noqa: E402
from tracker.fieldwork.models import Visit  # noqa: E402
from tracker.workflows.counting import counts  # noqa: E402
from tracker.workflows.counting.rebuild import give_up_rebuild  # noqa: E402
from tracker.workflows.counting.rebuild_here import rebuild_here  # noqa: E402
from tracker.workflows.entries.visits import submit_visit  # noqa: E402

Result = dict[str, object]
DECISIONS, WARM_UP = 300, 30
SHOPS_PER_VISIT = 5
VIEW = """
CREATE MATERIALIZED VIEW bench_view AS
WITH v AS (
  SELECT shop_id, id, observed_at, received_at,
         outcome IN ('closed_for_good', 'replaced') AS ending,
         (extract(year FROM observed_at AT TIME ZONE 'Asia/Tokyo') * 12
          + extract(month FROM observed_at AT TIME ZONE 'Asia/Tokyo') - 1)::int AS m,
         alipay, wechat_pay, chinese_staff
  FROM tracker_visit WHERE state = 'approved'),
known AS ({each_trait}),
ordered AS (
  SELECT shop_id, measure, m AS first, ending, yes,
         least(m + 12, coalesce(lead(m) OVER (PARTITION BY shop_id, measure
           ORDER BY observed_at, received_at, id) - 1, m + 12)) AS last FROM known),
events AS (
  SELECT shop_id, measure, first AS m, 1 AS o, yes::int AS y FROM ordered
  WHERE NOT ending AND last >= first
  UNION ALL SELECT shop_id, measure, last + 1, -1, -(yes::int) FROM ordered
  WHERE NOT ending AND last >= first)
SELECT s.ward_id, s.segment, measure, m, sum(o) AS o, sum(y) AS y
FROM events JOIN tracker_shop s ON s.id = events.shop_id
GROUP BY s.ward_id, s.segment, measure, m
"""


def prepare(folder: str, visits: int) -> Result:
    """An empty migrated database, filled; Parquet of the same town beside it."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    made = town(shops=visits // SHOPS_PER_VISIT, visits=visits)
    if not Path(folder, "visits.parquet").exists():
        Path(folder).mkdir(parents=True, exist_ok=True)
        write_parquet(made, Path(folder))
    if not Visit.objects.exists():
        fill(made, with_decisions=visits <= VERIFIED)
    return {"visits": visits}


def rebuild(processes: int) -> Result:
    """The whole of it: reading, counting, writing, and making the new counts current."""
    give_up_rebuild(at=timezone.now())
    started = time.perf_counter()
    rebuild_here(at=timezone.now(), progress=counts.silent, processes=processes)
    return {"seconds": time.perf_counter() - started}


def checksum() -> Result:
    """Of the stored counts, as changes per month, in the form DuckDB gives."""
    with duckdb.connect() as duck:
        duck.execute(
            "CREATE TABLE ours (level VARCHAR, area BIGINT, segment VARCHAR, "
            "measure INT, m INT, o INT, y INT)"
        )
        for block in _changes():
            duck.register("block", block)
            duck.execute("INSERT INTO ours SELECT * FROM block")
            duck.unregister("block")
        rows, total = duck.execute(CHECKSUM.format(table="ours")).fetchone() or (0, 0)
    return {"rows": rows, "checksum": total}


def _changes() -> Iterator[dict[str, object]]:
    rows = AdoptionCount.objects.filter(snapshot__state=SnapshotState.CURRENT)
    block: list[tuple[AdoptionCount, np.ndarray, int]] = []
    for row in rows.iterator(chunk_size=5000):
        first, series = counts_in(row)
        block.append((row, np.diff(series, axis=2, prepend=0, append=0), first))
        if len(block) == 5000:
            yield _columns(block)
            block = []
    if block:
        yield _columns(block)


def _columns(block: list[tuple[AdoptionCount, np.ndarray, int]]) -> dict[str, object]:
    found = [np.nonzero(change.any(axis=1)) for _row, change, _first in block]
    sizes = [len(measure) for measure, _month in found]
    rows = [row for row, _change, _first in block]
    pairs = list(zip(block, found, strict=True))
    return {
        "level": np.repeat([row.level for row in rows], sizes),
        "area": np.repeat([row.area for row in rows], sizes),
        "segment": np.repeat([row.segment for row in rows], sizes),
        "measure": np.concatenate([measure for measure, _month in found]),
        "m": np.concatenate([month + first for (_r, _c, first), (_n, month) in pairs]),
        "o": np.concatenate([change[n, 0, m] for (_r, change, _f), (n, m) in pairs]),
        "y": np.concatenate([change[n, 1, m] for (_r, change, _f), (n, m) in pairs]),
    }


def decision() -> Result:
    """The median of refreshing in one newly approved visit."""
    worker = User.objects.get(username="bench")
    newest = timezone.now()
    shops = Visit.objects.order_by("-pk").values_list("shop_id", flat=True)
    chosen = np.random.default_rng(11).choice(shops[0], DECISIONS + WARM_UP, replace=False) + 1
    seconds = []
    for number, shop in enumerate(chosen.tolist()):
        Visit.objects.create(
            uuid=uuid4(), shop_id=shop, worker=worker, outcome="answered", alipay="yes",
            wechat_pay="no", observed_at=newest - timedelta(days=200 + number),
            received_at=newest, state="approved", digest="1" * 64,
        )  # fmt: skip
        started = time.perf_counter()
        refresh_cells(shop_ids=[shop], at=newest)
        seconds.append(time.perf_counter() - started)
    return {"seconds": median(seconds[WARM_UP:])}


def view() -> Result:
    """Make and refresh a materialized view of wards alone: less than what we keep."""
    trait = (
        "SELECT shop_id, '{0}' AS measure, m, ending, {0} = 'yes' AS yes, observed_at, "
        "received_at, id FROM v WHERE ending OR {0} IN ('yes', 'no')"
    )
    each = " UNION ALL ".join(map(trait.format, ("alipay", "wechat_pay", "chinese_staff")))
    with connection.cursor() as cursor:
        cursor.execute("DROP MATERIALIZED VIEW IF EXISTS bench_view")
        cursor.execute(VIEW.format(each_trait=each))
        started = time.perf_counter()
        cursor.execute("REFRESH MATERIALIZED VIEW bench_view")
        seconds = time.perf_counter() - started
        cursor.execute("DROP MATERIALIZED VIEW bench_view")
    return {"seconds": seconds}


def waiting(number: int) -> Result:
    """So many new shops, each with one entry that waits for a moderator.

    Of a worker of their own: nobody has made the millions of entries that “bench” has.
    """
    worker, _made = User.objects.get_or_create(username="door", defaults={"role": Role.FIELDWORKER})
    now = timezone.now()
    keys = []
    for _shop in range(number):
        shop = make_shop("新しい店")
        visit = submit_visit(entry=make_entry(shop, observed_at=now), by=worker, at=now)
        keys.append(str(visit.uuid))
    return {"keys": keys}


def verify() -> Result:
    """Recount everything by the other road."""
    started = time.perf_counter()
    verdict = counts.verify()
    return {"seconds": time.perf_counter() - started, "differences": len(verdict.differences)}


PARTS: dict[str, Callable[..., Result]] = {
    "prepare": lambda folder, visits: prepare(folder, int(visits)),
    "rebuild": lambda processes: rebuild(int(processes)),
    "waiting": lambda number: waiting(int(number)),
    "checksum": checksum, "decision": decision, "view": view, "verify": verify,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
