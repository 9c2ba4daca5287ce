"""`python -m tests.interop SCHEMATHESIS [REQUESTS]`: the API of a running house against its schema.

Schemathesis makes requests up from the schema, right ones and wrong ones. No answer may be a 5xx,
and each must be one that the schema describes: status, form, headers and content.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.request import urlopen

from tests.stack import Stack, running_stack

REQUESTS = 20_000
AT_ONCE = 2_500  # of one run of Schemathesis: a report holds every answer
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
TOKEN = """
from django.utils import timezone
from tracker.accounts.models import User
from tracker.accounts.routes import scopes_for
from tracker.workflows.people.tokens import make_token
by = User.objects.get(username="mori")
print(make_token(name="interop", scopes=scopes_for(by), days=7, by=by, at=timezone.now()))
"""


def main(schemathesis: str, requests: int = REQUESTS) -> int:
    """Half of the requests with the token of a moderator, half as a stranger."""
    os.environ.update(API_RATE_ADDRESS="0", API_RATE_TOKEN="0")
    with tempfile.TemporaryDirectory() as name, running_stack(Path(name)) as stack:
        print(stack.manage("demo", "--shops", "150", "--months", "14").stdout[-300:], flush=True)
        made = stack.manage("shell", "--no-imports", "-c", TOKEN)
        token = made.stdout.strip().splitlines()[-1]
        found: Counter[str] = Counter()
        for words in ([], ["--header", f"Authorization: Bearer {token}"]):
            found += try_api(stack, schemathesis, requests // 2, words, Path(name))
        print(json.dumps(found, indent=1, sort_keys=True))
        print(stack.logs()[-2000:] if found["server errors"] else "")
    is_enough = found["requests"] >= requests
    return 0 if is_enough and not found["failures"] and not found["server errors"] else 1


def try_api(
    stack: Stack, schemathesis: str, requests: int, words: list[str], folder: Path
) -> Counter[str]:
    """At least so many requests; what came back, counted."""
    with urlopen(f"{stack.url}/api/v1/schema/") as answer:  # noqa: S310  # our own server
        operations = len(json.load(answer)["paths"])
    found: Counter[str] = Counter()
    seed = 0
    while found["requests"] < requests:
        seed += 1
        report = folder / f"report-{len(words)}-{seed}.har"
        each = -(-min(AT_ONCE, requests - found["requests"]) // operations)
        # What covers every corner is the same each time: once is enough.
        phases = "examples,coverage,fuzzing" if seed == 1 else "fuzzing"
        command = [schemathesis, "run", f"{stack.url}/api/v1/schema/", "--url", stack.url]
        command += ["--checks", ",".join(CHECKS), "--max-examples", str(each)]
        command += ["--phases", phases, "--seed", str(seed), "--no-color"]
        command += ["--continue-on-failure", "--generation-database", "none", "--workers", "2"]
        command += ["--report", "har", "--report-har-path", str(report), "--warnings", "off"]
        command += ["--suppress-health-check", "all"]
        done = subprocess.run(
            [*command, *words], capture_output=True, text=True, check=False, cwd=folder
        )
        found += counted(report)
        report.unlink()
        found["failures"] += int(done.returncode != 0)
        print(done.stdout[-4000:] if done.returncode else dict(found), flush=True)
    return found


def counted(report: Path) -> Counter[str]:
    """Requests of a report by status; 5xx once more under their own name."""
    entries = json.loads(report.read_text(encoding="utf-8"))["log"]["entries"]
    statuses = [int(entry["response"]["status"]) for entry in entries]
    found = Counter(f"status {status}" for status in statuses)
    found["requests"] = len(statuses)
    found["server errors"] = sum(status >= 500 for status in statuses)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *(int(word) for word in sys.argv[2:])))
