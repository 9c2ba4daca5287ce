"""Static files under names that hold their hash; the modules of the field app joined into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.browser_maps import FOLDER
from config.joined_modules import join

APP = "field/app.js"
# Comments that fill whole lines; what stands behind code, or looks like a comment inside it, stays.
COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def without_comments(script: str) -> str:
    """The script as a phone needs it: a fifth of the bytes on the way are explanations."""
    bare = COMMENT_LINES.sub("", script)
    # A template literal over several lines would lose its own spaces: such a script keeps them all.
    return bare if any(line.count("`") % 2 for line in bare.splitlines()) else INDENT.sub("", bare)


class _Written:
    """Stands for the storage of a file whose text was made here."""

    def __init__(self, text: str) -> None:
        self._text = text

    def open(self, name: str) -> File[bytes]:
        return ContentFile(self._text.encode(), name)


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """A page that loads `field/app.js` gets all its modules: alone they have no hashed names.

    What lies in a folder of its version keeps its name, and is only packed.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        versioned = {name for name in paths if name.startswith(FOLDER)}
        rest = {name: found for name, found in paths.items() if name not in versioned}
        yield from super().post_process(_joined(rest), *args, **options)
        for name, packed in self.compress_files(versioned):
            yield name, packed, True


def _joined(paths: dict[str, Any]) -> dict[str, Any]:
    """Name → storage and path, with one file in the place of all modules of the field app."""

    def read(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return without_comments(file.read().decode())

    if APP not in paths:
        return paths
    text, names = join(APP, read)
    rest = {name: found for name, found in paths.items() if name not in names}
    return rest | {APP: (_Written(text), paths[APP][1])}
