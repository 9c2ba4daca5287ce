"""Who runs what, and when: what takes long first, what needs the whole site by few workers.

Nothing here goes by a path, so that files may move.
"""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

SITE = "stack"  # the fixture that starts web server, worker and Redis
SITES = 2  # so many workers start one; the others run what needs none
MARKS_OF_FILE = re.compile(r"^pytestmark = .*?\n(?=\S|\n)", re.MULTILINE | re.DOTALL)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file in which the marks asked for leave no test is not even imported."""
    asked = str(config.option.markexpr)
    if collection_path.suffix != ".py" or not asked or " or " in asked:
        return None
    unwanted = set(re.findall(r"\bnot (\w+)", asked))
    wanted = set(re.findall(r"\w+", asked)) - unwanted - {"and", "not"}
    text = collection_path.read_text(encoding="utf-8")
    whole = marks_of(text)
    is_out = whole & unwanted or any(f"mark.{word}" not in text for word in wanted)
    return True if is_out else None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """After the others' sorting put the files first that take longest."""
    for item in items:
        if SITE in getattr(item, "fixturenames", ()) and not item.get_closest_marker("site"):
            raise pytest.UsageError(f"{item.path}: uses the site; write pytest.mark.site")
        if item.get_closest_marker("browser") and item.get_closest_marker("django_db"):
            # A browser that is open makes Django refuse its database in this process.
            raise pytest.UsageError(f"{item.nodeid}: a browser, and the database of the tests?")
    yield
    seconds: dict[Path, float] = {}
    for item in items:
        seconds[item.path] = max(seconds.get(item.path, 0), seconds_of(item))
    items.sort(key=lambda item: -seconds[item.path])


def seconds_of(item: pytest.Item) -> float:
    """What the file of a slow test costs, as its mark says."""
    mark = item.get_closest_marker("slow")
    return float(mark.args[0]) if mark else 0.0


def marks_of(text: str) -> set[str]:
    """The marks that all tests of a file have, by its text."""
    return set(re.findall(r"mark\.(\w+)", " ".join(MARKS_OF_FILE.findall(text))))


class SitesTogether(LoadFileScheduling):  # type: ignore[misc]  # has no stubs
    """A file is run by one worker; those that need the site by as few as start one.

    The controller sees no marks of items, so it reads those of the file.
    """

    @functools.cached_property
    def sites(self) -> set[str]:
        """The files that need the site."""
        root = self.config.rootpath
        texts = {file: (root / file).read_text(encoding="utf-8") for file in self.workqueue}
        return {file for file, text in texts.items() if "site" in marks_of(text)}

    def _assign_work_unit(self, node: Any) -> None:
        is_for_site = node in self.nodes[:SITES]
        for file in self.workqueue:
            if (file in self.sites) == is_for_site:
                self.workqueue.move_to_end(file, last=False)
                break
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SitesTogether | None:
    return SitesTogether(config, log) if config.getoption("dist") == "loadfile" else None
