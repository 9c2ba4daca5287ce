"""Strict readers for settings: a value that cannot be understood stops the start."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool) -> bool:
    raw = env_text(name)
    if raw == "":
        return default
    if raw not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {raw!r}.")
    return raw == "1"


def env_int(name: str, default: int) -> int:
    raw = env_text(name, str(default))
    if not raw.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.")
    return int(raw)


def env_choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env_text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def env_list(name: str, default: tuple[str, ...]) -> list[str]:
    raw = env_text(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else list(default)


def kept_secret(path: Path) -> str:
    """The secret of an embedded installation: made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def database_from_url(url: str) -> dict[str, Any]:
    """`sqlite:////absolute/file` or `postgresql://…` as an entry of DATABASES."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return _sqlite(unquote(urlsplit(url).path))
    if scheme in ("postgres", "postgresql"):
        return _postgresql(url)
    raise ImproperlyConfigured(
        f"DATABASE_URL must start with sqlite:// or postgresql://, not {scheme!r}."
    )


def _sqlite(path: str) -> dict[str, Any]:
    # IMMEDIATE + WAL + a long timeout: with Django's defaults most writes of fifty
    # phones at once end in "database is locked".
    return {
        "ENGINE": "config.fair_sqlite",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
        "TEST": {"NAME": f"{path}.test"},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
