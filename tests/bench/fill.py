"""Put a town straight into the database, past every workflow: quick, and only for measuring."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from tests.bench.town import ANSWERS, OUTCOMES, SEGMENTS, Town, moments
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.fieldwork.models import Visit, VisitRevision
from tracker.fieldwork.states import VisitState
from tracker.moderation.models import Decision
from tracker.places.kinds import WardSource
from tracker.places.models import Shop
from tracker.survey.traits import Trait

Row = tuple[Any, ...]
BATCH = 50_000
WORKERS, A_WARD = 400, 7  # people, and how many share a ward: some 200 entries a month each
SHOP_COLUMNS = (
    "id", "uuid", "name", "name_ja", "name_en", "name_zh_hans", "name_folded", "branch", "brand",
    "floor", "address", "postal_code", "segment", "lat_e7", "lon_e7", "grid125", "city_id",
    "ward_id", "ward_source", "ward_candidates", "ward_doubt", "created_at",
)  # fmt: skip
VISIT_COLUMNS = (
    "id", "uuid", "shop_id", "worker_id", "outcome", "alipay", "wechat_pay", "chinese_staff",
    "evidence", "note", "observed_at", "received_at", "state", "revision", "digest",
)  # fmt: skip


DECISION_COLUMNS = (
    "id", "visit_id", "revision", "from_state", "to_state", "by_id", "at", "reasons", "note",
)  # fmt: skip
REVISION_COLUMNS = ("id", "visit_id", "number", "content", "made_at", "made_by_id")


def fill(town: Town, *, with_decisions: bool = False) -> None:
    """Write shops and visits; the database must hold none."""
    worker, _made = User.objects.get_or_create(
        username="bench", defaults={"role": Role.FIELDWORKER}
    )
    people = [
        User.objects.create(username=f"bench{n}", role=Role.FIELDWORKER).pk for n in range(WORKERS)
    ]
    insert(Shop._meta.db_table, SHOP_COLUMNS, shop_rows(town))
    insert(Visit._meta.db_table, VISIT_COLUMNS, visit_rows(town, people))
    if with_decisions:
        insert(Decision._meta.db_table, DECISION_COLUMNS, decision_rows(town, worker.pk))
        insert(VisitRevision._meta.db_table, REVISION_COLUMNS, revision_rows(town, worker.pk))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            for model in (Shop, Visit, Decision, VisitRevision):
                table = model._meta.db_table
                last = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"  # noqa: S608
                cursor.execute(f"SELECT setval('{table}_id_seq', {last}, false)")
                cursor.execute(f"VACUUM ANALYZE {table}")


def insert(table: str, columns: tuple[str, ...], rows: Iterator[Row]) -> None:
    """COPY on PostgreSQL, many rows a statement on SQLite."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["?"] * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
        raw = connection.connection.cursor()
        raw.execute("BEGIN")
        while batch := list(islice(rows, BATCH)):
            raw.executemany(statement, batch)
        raw.execute("COMMIT")


def shop_rows(town: Town) -> Iterator[Row]:
    """One row a shop, ids from 1; the coordinates stand still, the squares are what counts."""
    made = datetime(2021, 1, 1, tzinfo=UTC).strftime("%F %T")
    segments = SEGMENTS[town.segment].tolist()
    columns = zip(
        segments, town.grid125.tolist(), town.city.tolist(), town.ward.tolist(), strict=True
    )
    for number, (segment, grid125, city, ward) in enumerate(columns, start=1):
        known = f"{ward:05d}" if ward else None
        source = WardSource.ADDRESS if ward else WardSource.UNRESOLVED
        yield (
            number, UUID(int=number).hex, f"店{number}", "", "", "", f"店{number}", "", "",
            "", "", "", segment, 356_717_000, 1_397_650_000, grid125, f"{city:05d}",
            known, source.value, "[]", "", made,
        )  # fmt: skip


def visit_rows(town: Town, people: list[int]) -> Iterator[Row]:
    """One row a visit, ids from 1; made by somebody who works in the shop's ward."""
    digest = "0" * 64
    wards = town.ward[town.shop - 1]
    columns = zip(
        town.shop.tolist(),
        wards.tolist(),
        OUTCOMES[town.outcome].tolist(),
        *(ANSWERS[answers].tolist() for answers in town.answers),
        moments(town.observed),
        moments(town.received),
        strict=True,
    )
    for number, (shop, ward, outcome, *answers, observed, received) in enumerate(columns, start=1):
        worker = people[(ward * A_WARD + number % A_WARD) % WORKERS]
        yield (
            number, UUID(int=number).hex, shop, worker, outcome, *answers, "", "", observed,
            received, VisitState.APPROVED.value, 1, digest,
        )  # fmt: skip


def decision_rows(town: Town, judge: int) -> Iterator[Row]:
    """Every visit was approved when it was received."""
    for number, moment in enumerate(moments(town.received), start=1):
        yield number, number, 1, "submitted", "approved", judge, moment, "[]", ""


def revision_rows(town: Town, worker: int) -> Iterator[Row]:
    """What counts of every visit, as it was sent."""
    names = ("shop", "outcome", *Trait.values)
    columns = zip(
        moments(town.received),
        town.shop.tolist(),
        OUTCOMES[town.outcome].tolist(),
        *(ANSWERS[answers].tolist() for answers in town.answers),
        strict=True,
    )
    for number, (moment, *sent) in enumerate(columns, start=1):
        content = json.dumps(dict(zip(names, sent, strict=True)))
        yield number, number, 1, content, moment, worker
