"""requirements.txt alone is enough to run: the test tools must not lend it a package."""

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
# Used by our packages where they happen to be there, and left out where not; or pip itself.
OPTIONAL = {"setuptools", "pip", "greenlet", "pygments", "rich", "psutil", "setproctitle"}
# What the web server, the worker and `serve` load, and what Celery loads only when it connects.
PROGRAM = """
import sys, django
django.setup()
import celery.apps.worker, celery.beat, celery.concurrency.prefork, config.private_redis
import config.servers, config.urls, gunicorn.app.wsgiapp, gunicorn.workers.gthread
import kombu.transport.redis, tracker.tasks, tracker.management.commands.serve
import tracker.management.commands.demo, config.catalogs, whitenoise.storage
print("\\n".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def named(file: str) -> list[Requirement]:
    lines = (Path(settings.BASE_DIR) / file).read_text(encoding="utf-8").splitlines()
    bare = [re.sub(r"#.*", "", line).strip() for line in lines]
    return [Requirement(line) for line in bare if line and not line.startswith("-")]


def closure(file: str) -> set[str]:
    """Every distribution that pip installs for a file of requirements."""
    found: set[str] = set()
    todo = named(file)
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        extras = wanted.extras or {""}
        if name in found and not wanted.extras:
            continue
        found.add(name)
        try:
            needs = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            continue
        todo += [
            need
            for need in needs
            if need.marker is None
            or any(need.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return found


def test_what_runs_is_installed_by_requirements_txt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    owners = packages_distributions()
    used = {
        canonicalize_name(owner)
        for module in done.stdout.split()
        for owner in owners.get(module, ())
        if module not in sys.stdlib_module_names
    }
    assert len(used) > 15
    assert sorted(used - closure("requirements.txt") - OPTIONAL) == []


@pytest.mark.parametrize(
    "file",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-interop.txt",
        "requirements-parquet.txt",
    ],
)
def test_every_requirement_is_pinned_and_says_why(file: str) -> None:
    lines = (Path(settings.BASE_DIR) / file).read_text(encoding="utf-8").splitlines()
    loose = [
        line
        for line in lines
        if line
        and not line.startswith(("#", "-"))
        and not re.match(r"[\w.\[\]-]+==\S+ +# \w", line)
    ]
    assert loose == []
