"""The common ground of all tests: a fixed cast, the areas, and settings that leave no trace."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoDbBlocker

from tests.factories import NOON, make_user
from tests.installed import forget_database, site_once
from tests.once import quiet, rows_kept, site_in
from tests.scheduling import (  # noqa: F401  # pytest looks for its hooks here
    pytest_collection_modifyitems,
    pytest_ignore_collect,
    pytest_xdist_make_scheduler,
)
from tests.stack import Stack, running_stack
from tests.tiers import SEED
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.places.models import Area
from tracker.rules.models import AcceptanceRule
from tracker.workflows.counting.rules import keep_start_rules
from tracker.workflows.setup.areas import keep_areas

# No time limit for an example: the machine may be busy. The seed of the run draws examples too.
hypothesis.settings.register_profile("site", deadline=None, print_blob=True)
hypothesis.settings.load_profile("site")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """With this seed the same is drawn again."""
    terminalreporter.write_line(f"NOREN_SEED={SEED}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Of all workers: theirs have a folder inside that of the run."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for folder in session.config._tmp_path_factory.getbasetemp().iterdir():  # type: ignore[attr-defined]
            forget_database(folder)


@pytest.fixture(scope="session", autouse=True)
def _quiet_settings() -> Iterator[None]:
    with quiet():
        yield


@pytest.fixture(autouse=True)
def _quiet_site(tmp_path: Path) -> Iterator[None]:
    """Files go to a folder of the test, pages are English."""
    with site_in(tmp_path):
        yield


@pytest.fixture(scope="module")
def made_once(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """For fixtures of a module: what they make in the database stays for its tests.

    Files go to the folder that it gives; the settings of a test name a folder of the test.
    """
    folder = tmp_path_factory.mktemp("once")
    with django_db_blocker.unblock(), rows_kept(), site_in(folder):
        yield folder


@pytest.fixture(autouse=True)
def _beginning(request: pytest.FixtureRequest) -> None:
    """Tests with real transactions empty every table afterwards: put back what `migrate` made."""
    if request.node.get_closest_marker("django_db") is None:
        return
    marker = request.node.get_closest_marker("django_db")
    is_real = bool(marker and marker.kwargs.get("transaction"))
    request.getfixturevalue("transactional_db" if is_real else "db")
    if not Area.objects.exists():
        keep_areas()
    if not AcceptanceRule.objects.exists():
        keep_start_rules(at=NOON)


@pytest.fixture
def aki(db: None) -> User:
    return make_user("aki", Role.FIELDWORKER)


@pytest.fixture
def ben(db: None) -> User:
    return make_user("ben", Role.FIELDWORKER)


@pytest.fixture
def mori(db: None) -> User:
    return make_user("mori", Role.MODERATOR)


@pytest.fixture
def rin(db: None) -> User:
    return make_user("rin", Role.MODERATOR)


@pytest.fixture
def dana(db: None) -> User:
    return make_user("dana", Role.ANALYST)


@pytest.fixture
def sora(db: None) -> User:
    return make_user("sora", Role.ADMIN)


@pytest.fixture
def out() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture(scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    like = site_once(tmp_path_factory)
    with running_stack(tmp_path_factory.mktemp("stack"), like=like) as running:
        yield running


@pytest.fixture(scope="module")
def stack(_site: Stack) -> Stack:
    """The real site: web, worker, Redis and a database of its own, empty for every module."""
    _site.begin_anew()
    return _site
