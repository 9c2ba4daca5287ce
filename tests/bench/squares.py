"""Counts for squares of Tokyo, written straight into a database that has been migrated.

python -m tests.bench.squares 5000
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import numpy as np  # noqa: E402
from django.utils import timezone  # noqa: E402

from tracker.adoption.changes import CountCell  # noqa: E402
from tracker.adoption.models import AdoptionCount, CountSnapshot  # noqa: E402
from tracker.adoption.rows import Counts, row_of  # noqa: E402
from tracker.adoption.states import SnapshotState  # noqa: E402
from tracker.months import month_of  # noqa: E402
from tracker.places.atlas.cities import WARD_CODES  # noqa: E402
from tracker.places.grid import children  # noqa: E402
from tracker.places.squares import squares_of_wards  # noqa: E402
from tracker.survey.specs import MEASURES  # noqa: E402


def fill(number: int) -> None:
    """That many 250 m squares, each with 1 to 120 shops of the present month."""
    now, rng = timezone.now(), np.random.default_rng(7)
    wards = (squares_of_wards()[code] for code in WARD_CODES if code.startswith("13"))
    whole = sorted({square for own, shared in wards for square in (*own, *shared)})
    parts = [part for square in whole for half in children(square) for part in children(half)]
    snapshot = CountSnapshot.objects.create(
        state=SnapshotState.CURRENT, begun_at=now, made_current_at=now
    )
    rows = []
    for square in rng.choice(parts, size=min(number, len(parts)), replace=False):
        observed = rng.integers(1, 121, size=len(MEASURES))
        yes = rng.integers(0, observed + 1)
        series = np.stack([observed, yes], axis=1)[:, :, np.newaxis].astype(np.int64)
        counts = Counts(month_of(now), series)
        rows.append(row_of(snapshot.pk, CountCell("grid250", "all", int(square)), counts))
    AdoptionCount.objects.bulk_create([row for row in rows if row is not None])


if __name__ == "__main__":
    fill(int(sys.argv[1]))
