"""Who runs what, and when: what takes long first, what needs the whole site by one worker.

Nothing here goes by a path, so that files may move.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

SITE = "stack"  # the fixture that starts web server, worker and Redis


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Bind files with the site together; after the others' sorting put the longest first."""
    with_site = {item.path for item in items if SITE in getattr(item, "fixturenames", ())}
    for item in items:
        if item.path in with_site:
            item.add_marker(pytest.mark.xdist_group(SITE))
    yield
    seconds: dict[Any, float] = {}
    for item in items:
        seconds[item.path] = max(seconds.get(item.path, 0), seconds_of(item))
    items.sort(key=lambda item: (item.path not in with_site, -seconds[item.path]))


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
