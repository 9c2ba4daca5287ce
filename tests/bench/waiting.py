"""Ten thousand entries that wait, with flags, photos and a past: `… waiting PHOTO_ROOT`."""

import os
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.fieldwork.pictures.test_photos import picture  # noqa: E402
from tracker.accounts.models import User  # noqa: E402
from tracker.accounts.roles import Role  # noqa: E402
from tracker.fieldwork.models import Photo, Visit, VisitRevision  # noqa: E402
from tracker.fieldwork.pictures.store import keep  # noqa: E402
from tracker.fieldwork.states import PhotoState, VisitState  # noqa: E402
from tracker.moderation.kinds import Priority, ReviewReason  # noqa: E402
from tracker.moderation.models import Decision, Flag, Screening  # noqa: E402
from tracker.places.kinds import Segment, WardSource  # noqa: E402
from tracker.places.models import Shop  # noqa: E402
from tracker.survey.answers import Answer, Evidence  # noqa: E402
from tracker.survey.outcomes import Outcome  # noqa: E402

WAITING, PAST, SHOPS, WORKERS, PICTURES = 10_000, 20_000, 3_000, 40, 40
BRANDS = ("", "", "", "マツモト薬局", "さくら堂", "ことり珈琲")
CODES = ("far", "fast", "photo_same", "conflict", "gps_poor")
FACTS: dict[str, dict[str, str]] = {
    "conflict": {"trait": "alipay"},
    "photo_same": {"visit": "5"},
}
BATCH = 2_000


def main() -> None:
    """Migrate and fill an empty database; does nothing to one that is filled."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if Visit.objects.exists():
        return
    chance = random.Random(6)
    now = timezone.now()
    workers = people("worker", Role.FIELDWORKER, WORKERS)
    judge = people("judge", Role.MODERATOR, 1)[0]
    shops = Shop.objects.bulk_create(shop_rows(chance, now), BATCH)
    past = Visit.objects.bulk_create(visit_rows(shops, workers, number=PAST, first=0), BATCH)
    waiting = Visit.objects.bulk_create(
        visit_rows(shops, workers, number=WAITING, first=PAST), BATCH
    )
    VisitRevision.objects.bulk_create(
        [
            VisitRevision(visit=v, number=1, content={}, made_at=v.received_at, made_by=v.worker)
            for v in [*past, *waiting]
        ],
        BATCH,
    )
    Decision.objects.bulk_create(
        [
            Decision(
                visit=v, revision=1, from_state=VisitState.SUBMITTED, to_state=v.state, by=judge,
                at=v.received_at + timedelta(hours=1),
            )
            for v in past
        ],
        BATCH,
    )  # fmt: skip
    Photo.objects.bulk_create(photo_rows([*past[::3], *waiting], now), BATCH)
    Flag.objects.bulk_create(flag_rows(chance, waiting, now), BATCH)
    Screening.objects.bulk_create(screening_rows(chance, waiting, now), BATCH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people(name: str, role: Role, number: int) -> list[User]:
    return [
        User.objects.create_user(username=f"{name}{n}", role=role, language="ja")
        for n in range(number)
    ]


def shop_rows(chance: random.Random, now: datetime) -> Iterator[Shop]:
    """Within three kilometres around Ginza."""
    for number in range(SHOPS):
        yield Shop(
            name=f"店{number}", name_folded=f"店{number}", segment=chance.choice(Segment.values),
            brand=chance.choice(BRANDS), address=f"銀座{number % 8 + 1}丁目{number % 20 + 1}番",
            lat_e7=356_717_000 + chance.randrange(-150_000, 150_000),
            lon_e7=1_397_650_000 + chance.randrange(-150_000, 150_000),
            grid125=53_394_601_111, city_id="13100", ward_id="13102",
            ward_source=WardSource.ADDRESS, created_at=now,
        )  # fmt: skip


def visit_rows(
    shops: list[Shop], workers: list[User], *, number: int, first: int
) -> Iterator[Visit]:
    """The first lot is decided and up to two years old, the second waits for up to five days."""
    chance, now = random.Random(first), timezone.now()
    for n in range(number):
        shop = chance.choice(shops)
        minutes = chance.randrange(5, 7_200) if first else chance.randrange(8_000, 1_000_000)
        at = now - timedelta(minutes=minutes)
        far = chance.choice((500, 1_000, 5_000))
        yield Visit(
            uuid=UUID(int=first + n + 1), shop=shop, worker=chance.choice(workers),
            outcome=Outcome.ANSWERED, alipay=chance.choice(Answer.values),
            wechat_pay=chance.choice(Answer.values), chinese_staff=chance.choice(Answer.values),
            evidence=chance.choice(Evidence.values), observed_at=at, received_at=at,
            opened_at=at - timedelta(seconds=20), filled_ms=chance.randrange(4_000, 60_000),
            lat_e7=shop.lat_e7 + chance.randrange(-far, far),
            lon_e7=shop.lon_e7 + chance.randrange(-far, far), accuracy_m=chance.randrange(4, 60),
            open_lat_e7=shop.lat_e7 + chance.randrange(-far, far),
            open_lon_e7=shop.lon_e7 + chance.randrange(-far, far),
            open_accuracy_m=chance.randrange(4, 60), photos_declared=1,
            state=VisitState.SUBMITTED if first else VisitState.APPROVED, digest="0" * 64,
        )  # fmt: skip


def photo_rows(visits: list[Visit], now: datetime) -> Iterator[Photo]:
    """Few files, shown by many rows: what is measured is the page, not the disk."""
    kept = [
        (keep(picture((1600 - n, 1200))), keep(picture((320 - n, 240)))) for n in range(PICTURES)
    ]
    for number, visit in enumerate(visits):
        large, small = kept[number % PICTURES]
        yield Photo(
            visit=visit, sha256=large, size_bytes=50_000, state=PhotoState.READY,
            large_sha256=large, small_sha256=small, width=1600, height=1200, received_at=now,
        )  # fmt: skip


def flag_rows(chance: random.Random, visits: list[Visit], now: datetime) -> Iterator[Flag]:
    for visit in visits:
        for code in chance.sample(CODES, chance.choice((0, 0, 0, 1, 2))):
            yield Flag(
                visit=visit, revision=1, code=code, number=chance.randrange(60, 400), limit=60,
                weight=1.0, version=1, raised_at=now, facts=FACTS.get(code, {}),
            )  # fmt: skip


def screening_rows(
    chance: random.Random, visits: list[Visit], now: datetime
) -> Iterator[Screening]:
    for visit in visits:
        yield Screening(
            visit=visit, revision=1, review_reason=ReviewReason.RANDOM, at=now, score=0.0, rate=0.1,
            priority=chance.choices(Priority.values, weights=(1, 3, 6))[0],
        )  # fmt: skip


if __name__ == "__main__":
    main()
