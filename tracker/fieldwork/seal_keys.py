"""Custody of the private keys: PEM files in SEAL_KEYS, readable by their owner only.

A name begins with the moment the key was made, so that the newest is the last by name even
after a restore. Phones are given the newest; all that were ever made still open.
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils import timezone

from tracker.fieldwork.sealing import Keys, PrivateKey, key_id_of, point_of

STAMP = "%Y%m%dT%H%M%S%fZ"

logger = logging.getLogger(__name__)


def opening_keys() -> Keys:
    """Every private key by its id; read again when a key was added to the folder."""
    return {key_id_of(point_of(key)): key for key in _all_keys()}


def phones_key() -> PrivateKey | None:
    """The newest key. The embedded installation makes its first by itself; None without any."""
    keys = _all_keys()
    if not keys and not settings.PRODUCTION:
        _make_first()
        keys = _all_keys()
    if not keys:
        logger.error("there is no seal key: type manage.py make_seal_key")
    return keys[-1] if keys else None


def make_key(*, at: datetime) -> Path:
    """Make one more key, newest from now on; returns its file. It is never overwritten."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder = _folder()
    path = folder / f"{at.strftime(STAMP)}-{key_id_of(point_of(key)).hex()}.pem"
    temporary = path.with_suffix(".part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)  # never half a key under a name that is read
    return path


def _make_first() -> None:
    """Two processes may come here at once: the second finds the first one's key."""
    with _locked(_folder()):
        if not _files():
            make_key(at=timezone.now())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _folder() -> Path:
    folder = Path(settings.SEAL_KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _files() -> tuple[Path, ...]:
    return tuple(sorted(Path(settings.SEAL_KEYS).glob("*.pem")))


def _all_keys() -> list[PrivateKey]:
    """Oldest first. A listing of a folder is cheap; reading PEM is not, so that is kept."""
    return [key for path in _files() if (key := _key_in(path)) is not None]


def broken_key_files() -> list[str]:
    """Names of files that should hold a key and do not."""
    return [path.name for path in _files() if _key_in(path) is None]


@lru_cache(maxsize=64)
def _key_in(path: Path) -> PrivateKey | None:
    """The key in a file; None where it is damaged: the other keys must still open."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name == "secp256r1":
        return key
    logger.error("%s holds no P-256 key", path)
    return None
