"""MapLibre GL as it came from npm: three files, in a folder that is named after their version.

They name each other and must not be renamed; a new version is a new folder, so a browser may
keep what it has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.contrib.staticfiles.finders import FileSystemFinder

FOLDER = "maplibre-"
FILES = ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css")
FOR_EVER = "public, max-age=31536000, immutable"
# Background tiles by the name of the setting: none, or pale maps of the Geospatial Information
# Authority of Japan, read live and never copied.
TILES = {"none": "", "gsi": "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png"}


def folder_of(package: Path) -> str:
    """Like `maplibre-6.17.0`; empty where it was not installed."""
    about = package / "package.json"
    if not about.is_file():
        return ""
    return f"{FOLDER}{json.loads(about.read_text(encoding='utf-8'))['version']}"


def origin_of(tiles: str) -> str:
    """Where tiles come from, for the content policy; empty where there are none."""
    return "/".join(tiles.split("/")[:3])


class NeededFiles(FileSystemFinder):
    """Finds what the other folders hold, and of MapLibre what a page loads: not 20 MB."""

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Any]]:
        for path, storage in super().list(ignore_patterns):
            if not str(storage.prefix).startswith(FOLDER) or path in FILES:
                yield path, storage


def add_headers(headers: Headers, path: str, url: str) -> None:
    """For WhiteNoise, which knows only names with a hash as lasting."""
    if f"/{FOLDER}" in url:
        headers["Cache-Control"] = FOR_EVER
