"""Who runs what, and when: what takes long first, what needs the whole site by few workers.

Nothing here goes by a path, so that files may move.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

SITE = "stack"  # the fixture that starts web server, worker and Redis
SITES = 2  # one for each of two workers; the third runs what needs none
SECONDS_OF_TEST = 2.0  # about, of a test that drives a browser

MARKS_OF_FILE = re.compile(r"^pytestmark = .*?\n(?=\S|\n)", re.MULTILINE | re.DOTALL)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file in which the marks asked for leave no test is not even imported."""
    asked = str(config.option.markexpr)
    if collection_path.suffix != ".py" or not asked or " or " in asked:
        return None
    unwanted = set(re.findall(r"\bnot (\w+)", asked))
    wanted = set(re.findall(r"\w+", asked)) - unwanted - {"and", "not"}
    text = collection_path.read_text(encoding="utf-8")
    whole = set(re.findall(r"mark\.(\w+)", " ".join(MARKS_OF_FILE.findall(text))))
    is_out = whole & unwanted or any(f"mark.{word}" not in text for word in wanted)
    return True if is_out else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Bind files with the site together; after the others' sorting put the longest first."""
    groups = site_groups(items)
    for item in items:
        if item.path in groups:
            item.add_marker(pytest.mark.xdist_group(groups[item.path]))
    yield
    seconds: dict[Path, float] = {}
    for item in items:
        seconds[item.path] = max(seconds.get(item.path, 0), seconds_of(item))
    items.sort(key=lambda item: (item.path not in groups, -seconds[item.path]))


def site_groups(items: list[pytest.Item]) -> dict[Path, str]:
    """File → the site that its tests use, so that all sites have about as much to do."""
    seconds: dict[Path, float] = {}
    for item in items:
        if SITE in getattr(item, "fixturenames", ()):
            least = seconds_of(item) if item.path not in seconds else 0
            seconds[item.path] = seconds.get(item.path, 0) + least + SECONDS_OF_TEST
    loads = dict.fromkeys((f"{SITE} {number}" for number in range(SITES)), 0.0)
    groups: dict[Path, str] = {}
    for path in sorted(seconds, key=lambda path: (-seconds[path], path)):
        groups[path] = min(loads, key=lambda name: loads[name])
        loads[groups[path]] += seconds[path]
    return groups


def seconds_of(item: pytest.Item) -> float:
    """What the file of a slow test costs, as its mark says."""
    mark = item.get_closest_marker("slow")
    return float(mark.args[0]) if mark else 0.0


class FilesTogether(LoadGroupScheduling):  # type: ignore[misc]  # has no stubs
    """A file is run by one worker, and so is a group of files."""

    def _split_scope(self, nodeid: str) -> str:
        group: str = super()._split_scope(nodeid)
        return group if group != nodeid else nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether | None:
    return FilesTogether(config, log) if config.getoption("dist") == "loadgroup" else None
