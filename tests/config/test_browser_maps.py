"""The library that paints maps: where it lies, what of it is taken, what the policy lets."""

import re
import subprocess
import sys
from pathlib import Path
from wsgiref.headers import Headers

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find

from config.browser_maps import FILES, FOR_EVER, NeededFiles, add_headers, folder_of, origin_of
from tests.config.test_settings import start

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
BASE = Path(settings.BASE_DIR)
POLICY = "import config.settings as s; print(s.CONTENT_POLICY)"


def policy(tmp_path: Path, **env: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", POLICY], cwd=BASE, env={"NOREN_VAR": str(tmp_path), **env},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip().split("; ")


def test_the_folder_has_the_version_that_is_asked_for() -> None:
    wanted = re.search(r'"maplibre-gl": "([\d.]+)"', (BASE / "package.json").read_text())
    assert wanted
    assert f"maplibre-{wanted[1]}" == settings.MAPLIBRE


def test_where_it_was_not_installed_there_is_no_folder(tmp_path: Path) -> None:
    assert folder_of(tmp_path) == ""


def test_only_what_a_page_loads_is_collected() -> None:
    found = [
        (storage.prefix, path)
        for path, storage in NeededFiles().list([])
        if str(storage.prefix).startswith("maplibre-")
    ]
    assert sorted(found) == sorted((settings.MAPLIBRE, name) for name in FILES)
    assert find("idb/index.js") is not None


def test_its_files_may_be_kept_for_ever_and_others_not() -> None:
    headers = Headers([("Cache-Control", "max-age=60, public")])
    add_headers(headers, "", "/static/explore/linked.js")
    assert headers["Cache-Control"] == "max-age=60, public"
    add_headers(headers, "", f"/static/{settings.MAPLIBRE}/{FILES[0]}")
    assert headers["Cache-Control"] == FOR_EVER


def test_the_policy_names_no_other_site(tmp_path: Path) -> None:
    assert policy(tmp_path) == [
        "default-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
        "worker-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
        "form-action 'self'",
    ]  # fmt: skip


def test_tiles_are_let_in_by_one_setting_and_nothing_else_is(tmp_path: Path) -> None:
    origin = "https://cyberjapandata.gsi.go.jp"
    plain, tiled = policy(tmp_path), policy(tmp_path, BASEMAP="gsi")
    assert [(a, b) for a, b in zip(plain, tiled, strict=True) if a != b] == [
        (one, f"{one} {origin}") for one in plain[1:3]
    ]


def test_a_ground_that_nobody_knows_stops_the_start(tmp_path: Path) -> None:
    done = start(tmp_path, BASEMAP="mars")
    assert done.returncode == 1
    assert "BASEMAP must be one of none, gsi" in done.stderr


def test_an_origin_is_scheme_and_host() -> None:
    assert origin_of("https://tiles.example/a/{z}/{x}/{y}.png") == "https://tiles.example"
    assert origin_of("") == ""
