"""Settings start or stop; what must never drift is pinned."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.celery import app
from config.environment import database_from_url
from tests.config.deploy import PRODUCTION, check

pytestmark = [pytest.mark.once, pytest.mark.slow(6)]


def start(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Load the settings alone, in a process of their own."""
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "NOREN_VAR": str(tmp_path), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_embedded_site_starts_without_a_word(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_production_starts_with_what_it_needs(tmp_path: Path) -> None:
    assert start(tmp_path, **PRODUCTION).returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_production_stops_without(tmp_path: Path, name: str) -> None:
    done = start(tmp_path, **PRODUCTION | {name: ""})
    assert done.returncode == 1
    assert f"{name} must be set" in done.stderr


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({**PRODUCTION, "NOREN_DEMO": "1"}, "NOREN_DEMO=1 lets anybody in"),
        ({**PRODUCTION, "NOREN_DEBUG": "1"}, "NOREN_DEBUG=1 is refused"),
        ({"NOREN_DEMO": "1", "ALLOWED_HOSTS": "noren.example"}, "loopback only"),
        ({"NOREN_DEMO": "yes"}, "NOREN_DEMO must be 0 or 1"),
        ({"NOREN_MODE": "staging"}, "NOREN_MODE must be one of"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must start with"),
        ({"PHOTO_MAX_BYTES": "many"}, "PHOTO_MAX_BYTES must be a whole number"),
    ],
)
def test_what_cannot_be_meant_stops_the_start(
    tmp_path: Path, env: dict[str, str], sentence: str
) -> None:
    done = start(tmp_path, **env)
    assert done.returncode == 1
    assert sentence in done.stderr


def test_djangos_deployment_checks_are_silent() -> None:
    done = check()
    assert done.returncode == 0, done.stderr


def test_sqlite_writes_at_once_and_waits_for_its_turn() -> None:
    options = database_from_url("sqlite:////tmp/x.db")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


@pytest.mark.django_db
def test_the_test_database_is_a_file_like_the_real_one() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
        assert Path(str(connection.settings_dict["NAME"])).exists()


def test_every_line_of_the_timetable_is_a_task() -> None:
    app.loader.import_default_modules()
    wanted = {line["task"] for line in app.conf.beat_schedule.values()}
    assert wanted - set(app.tasks) == set()
    assert len(wanted) >= 3


def test_celery_loses_nothing_with_a_worker_and_runs_nothing_twice_at_once() -> None:
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]
    assert app.conf.broker_transport_options["max_retries"] == 1
