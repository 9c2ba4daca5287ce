"""Tests begin with tables made of the models: the migrations must make the very same ones."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from config.environment import database_from_url
from tests.installed import fresh_database, manage, site_once
from tracker.places.models import Area

pytestmark = [pytest.mark.both, pytest.mark.slow(10), pytest.mark.django_db]
OURS = "tracker_"
PG_COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, is_identity
    FROM information_schema.columns WHERE table_schema = 'public'"""
PG_RULES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conrelid <> 0"""
PG_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes"
SQLITE = "SELECT tbl_name, name, sql FROM sqlite_master"
# A name that a database or Django makes up; where the table was renamed it tells the old name.
AUTOMATIC = re.compile(
    r"\b(tracker_\w+?(_[0-9a-f]{8}(_\w+)?|_pkey|_not_null|_key|_check)|sqlite_autoindex_\w+)\b"
)
QUERIES = {"postgresql": [PG_COLUMNS, PG_RULES, PG_INDEXES], "sqlite": [SQLITE]}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseDatabaseWrapper]:
    """A new database on which all migrations have run."""
    like = site_once(tmp_path_factory)
    with fresh_database(tmp_path_factory.mktemp("migrated"), like=like) as url:
        values = deepcopy(connection.settings_dict) | database_from_url(url)
        other = load_backend(values["ENGINE"]).DatabaseWrapper(values)
        yield other
        other.close()


def tables(of: BaseDatabaseWrapper) -> set[tuple[Any, ...]]:
    """Every column, key, index and rule of our tables, in whatever order it was made."""
    with of.cursor() as cursor:
        found = []
        for query in QUERIES[of.vendor]:
            cursor.execute(query)
            found += cursor.fetchall()
    return {
        (table, *(AUTOMATIC.sub("automatic", str(word)) for word in part))
        for table, *rest in found
        if table.startswith(OURS)
        for part in parts(*rest)
    }


def parts(name: str, *rest: Any) -> Iterator[tuple[Any, ...]]:
    """What a row of the database's own list says; SQLite has one text for a whole table."""
    body = re.fullmatch(r'CREATE TABLE "\w+" \((.*)\)', str(rest[0] or ""), re.DOTALL)
    if body is None:
        yield name, *rest
        return
    depth, part = 0, ""
    for sign in body[1] + ",":
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield name, part.strip()
            part = ""
        else:
            part += sign


def test_the_migrations_make_the_tables_of_the_models(migrated: BaseDatabaseWrapper) -> None:
    assert tables(migrated) ^ tables(connection) == set()
    assert len(tables(migrated)) > 500


def test_the_migrations_bring_the_areas_and_the_article(migrated: BaseDatabaseWrapper) -> None:
    with migrated.cursor() as cursor:
        cursor.execute("SELECT code, name_ja FROM tracker_area ORDER BY code")
        assert cursor.fetchall() == list(
            Area.objects.order_by("code").values_list("code", "name_ja")
        )
        cursor.execute("SELECT slug FROM tracker_publicclaim")
        assert len(cursor.fetchall()) >= 1


def test_no_model_has_changed_without_a_migration(tmp_path: Path) -> None:
    done = manage(
        {"DATABASE_URL": f"sqlite:///{tmp_path}/x.db"}, "makemigrations", "--check", "--dry-run"
    )
    assert done.returncode == 0, done.stdout
