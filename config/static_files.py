"""Static files under names that hold their hash, imports between ES modules included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MODULES = ("field/", "idb/")
# Comments that fill whole lines; what stands behind code, or looks like a comment inside it, stays.
COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)


INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def without_comments(script: str) -> str:
    """The script as a phone needs it: a fifth of the bytes on the way are explanations."""
    bare = COMMENT_LINES.sub("", script)
    # A template literal over several lines would lose its own spaces: such a script keeps them all.
    return bare if any(line.count("`") % 2 for line in bare.splitlines()) else INDENT.sub("", bare)


class _Slim:
    """Reads scripts of another storage without their comments."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, name: str) -> File[bytes]:
        with self._storage.open(name) as file:
            return ContentFile(without_comments(file.read().decode()).encode())


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Rewrites `import … from "./x.js"` as well, so that a module never meets an older one."""

    support_js_module_import_aggregation = True
    # One pass settles one step of `import`; from the first module to the last there are a dozen.
    max_post_process_passes = 20

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        slim = {
            name: (_Slim(storage), path)
            for name, (storage, path) in paths.items()
            if name.startswith(MODULES) and name.endswith(".js")
        }
        yield from super().post_process(paths | slim, *args, **options)
