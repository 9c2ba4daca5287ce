"""`python -m tests.config.deploy`: Django's own deployment checks with production settings."""

import os
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "NOREN_MODE": "production",
    "NOREN_DEMO": "0",
    "NOREN_DEBUG": "0",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST",
    "ALLOWED_HOSTS": "noren.example",
    "DATABASE_URL": "postgresql://noren@localhost/noren",
    "REDIS_URL": "redis://localhost/0",
}


def check() -> subprocess.CompletedProcess[str]:
    """Run `check --deploy` so that a warning fails."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=BASE,
        env={**os.environ, **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    done = check()
    print(done.stdout + done.stderr)
    sys.exit(done.returncode)
