"""A rule added, moved and ended beside a rebuild of everything: `python -m tests.bench.rules`.

    python -m tests.bench.rules [--visits 500000] [--database URL]

Each act in turns with a rebuild, in one run on an idle machine: the ratio is the result. The
database must be empty, or one that this has filled.
"""

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench.fill import fill  # noqa: E402
from tests.bench.town import town  # noqa: E402
from tracker.accounts.models import User  # noqa: E402
from tracker.accounts.roles import Role  # noqa: E402
from tracker.adoption.verify import differences_of_counts  # noqa: E402
from tracker.fieldwork.models import Visit  # noqa: E402
from tracker.outbox.models import OutboxMessage  # noqa: E402
from tracker.rules.models import AcceptanceRule  # noqa: E402
from tracker.workflows.counting import counts, rules  # noqa: E402
from tracker.workflows.counting.rebuild_here import rebuild_here  # noqa: E402

SHOPS_PER_VISIT = 5
# Of the shops 55 % have a PayPay code, the others a reader; one in five au PAY, one in seven d払い.
ROUTES = """
UPDATE tracker_visit SET routes =
  CASE WHEN shop_id % 20 < 11 THEN 4 ELSE 8 END
  + CASE WHEN shop_id % 5 = 0 THEN 32 ELSE 0 END + CASE WHEN shop_id % 7 = 0 THEN 16 ELSE 0 END
WHERE outcome = 'answered'
"""


def prepare(visits: int) -> User:
    call_command("migrate", verbosity=0)
    if not Visit.objects.exists():
        fill(town(shops=visits // SHOPS_PER_VISIT, visits=visits))
        with connection.cursor() as cursor:
            cursor.execute(ROUTES)
            cursor.execute("ANALYZE")
    admin, _made = User.objects.get_or_create(username="ruler", defaults={"role": Role.ADMIN})
    return admin


def seconds_of(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def work() -> int:
    """What an act has asked for; how many shops that touched."""
    done = 0
    for message in OutboxMessage.objects.filter(handler="recount_routes", done_at=None):
        done += rules.recount_routes(about=message.about, at=timezone.now())
        OutboxMessage.objects.filter(pk=message.pk).update(done_at=timezone.now())
    return done


def measured(by: User) -> dict[str, object]:
    def add(first: date) -> AcceptanceRule:
        return rules.add_rule(
            route="au_pay_code", trait="wechat_pay", first_day=first, exceptions="",
            source="bench", read_on=first, by=by, at=timezone.now(),
        )  # fmt: skip

    def end(rule: AcceptanceRule, last: date) -> object:
        return rules.end_rule(rule_id=rule.pk, last_day=last, reason="", by=by, at=timezone.now())

    found: dict[str, object] = {}
    made = add(date(2026, 1, 1))
    acts: dict[str, Callable[[], object]] = {
        "added": lambda: None,
        "ended": lambda: end(made, date(2026, 3, 31)),
        "moved": lambda: (end(made, date(2025, 12, 31)), add(date(2026, 2, 1))),
    }
    for name, act in acts.items():
        act()
        started = time.perf_counter()
        touched = work()
        took, whole = time.perf_counter() - started, rebuild()
        found[name] = {
            "seconds": took,
            "shops": touched,
            "rebuild": whole,
            "ratio": took / whole,
        }
    return found


def rebuild() -> float:
    return median(
        seconds_of(lambda: rebuild_here(at=timezone.now(), progress=counts.silent))
        for _run in range(3)
    )


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--visits", type=int, default=500_000)
    by = prepare(parser.parse_args().visits)
    OutboxMessage.objects.filter(handler="recount_routes").delete()
    rebuild_here(at=timezone.now(), progress=counts.silent)
    print(json.dumps({"database": connection.vendor, **measured(by)}, indent=1))
    print(len(differences_of_counts(progress=counts.silent)), "differences")


if __name__ == "__main__":
    main()
