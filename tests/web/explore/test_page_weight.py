"""However much has been observed, a public page stays under 100 kB on the way."""

import gzip

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import NOON, add_count
from tracker.adoption.changes import CountCell
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.packing import spans_to_bytes
from tracker.adoption.rows import Counts, row_of
from tracker.adoption.states import SnapshotState
from tracker.adoption.timeline import Span
from tracker.months import month_of
from tracker.places.atlas.cities import WARD_CODES
from tracker.places.grid import children
from tracker.places.kinds import Segment
from tracker.places.squares import squares_of_wards
from tracker.survey.measures import Measure
from tracker.survey.specs import MEASURES
from tracker.survey.traits import Trait

pytestmark = [pytest.mark.django_db, pytest.mark.slow(8)]
NOW = month_of(timezone.now())
MOST = 100_000  # bytes of a page on the way


@pytest.fixture
def snapshot() -> CountSnapshot:
    return CountSnapshot.objects.create(
        state=SnapshotState.CURRENT, begun_at=NOON, made_current_at=NOON
    )


def squares_of_tokyo() -> list[int]:
    return sorted(
        {
            square
            for code in WARD_CODES
            if code.startswith("13")
            for squares in squares_of_wards()[code]
            for square in squares
        }
    )


def size_of(client: Client, path: str) -> int:
    answer = client.get(path, headers={"accept-language": "ja"})
    assert answer.status_code == 200
    assert answer.content.count(b"h1v1h-1z") > 500
    return len(gzip.compress(answer.content))


@pytest.mark.parametrize("level", ["grid1000", "grid500", "grid250"])
def test_a_city_seen_through_and_through_is_still_a_light_page(
    client: Client, snapshot: CountSnapshot, level: str
) -> None:
    rng = np.random.default_rng(7)
    squares = squares_of_tokyo()
    for _step in range(("grid1000", "grid500", "grid250").index(level)):
        squares = [child for square in squares for child in children(square)]
    rows = []
    for square in squares:
        observed = int(rng.integers(1, 300))
        series = np.zeros((len(MEASURES), 2, 13), dtype=np.int64)
        yes = int(rng.integers(0, observed + 1))
        series[MEASURES.index(Measure["ALIPAY"].value)] = [[observed], [yes]]
        rows.append(row_of(snapshot.pk, CountCell(level, "all", square), Counts(NOW, series)))
    AdoptionCount.objects.bulk_create([row for row in rows if row is not None])
    assert size_of(client, f"/explore?level={level}") < MOST


def kinds_of_shop() -> list[bytes]:
    """Kept spans of every mix of answers before, now, and to the other wallet."""
    return [
        spans_to_bytes(
            {
                "alipay": [
                    Span(NOW - 6, NOW - 4, bool(kind & 1)),
                    Span(NOW - 3, NOW, bool(kind & 2)),
                ],
                "wechat_pay": [Span(NOW - 6, NOW, bool(kind & 4))],
                "chinese_staff": [],
            },
            {trait.value: trait.spec.bit for trait in Trait},
        )
        for kind in range(8)
    ]


@pytest.mark.parametrize("view", ["compare", "change"])
def test_two_figures_of_every_square_are_still_a_light_page(
    client: Client, snapshot: CountSnapshot, view: str
) -> None:
    kinds = kinds_of_shop()
    CountedShop.objects.bulk_create(
        CountedShop(
            snapshot=snapshot,
            shop_id=100 * place + shop,
            segment=Segment.HOTEL.value,
            city=13100,
            ward=0,
            grid250=square * 100 + 11,
            spans=kinds[(shop * (place % 7 + 1)) % 8],
        )
        for place, square in enumerate(squares_of_tokyo())
        for shop in range(25)
    )
    add_count(
        level="city", area=13100, segment="all", measure="alipay", month=NOW - 6, observed=1, yes=1
    )
    assert size_of(client, f"/explore?view={view}&level=grid1000") < MOST
