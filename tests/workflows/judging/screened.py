"""Screening in tests: with a lot of one's choice, and what came of it."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.moderation.models import Flag, Screening
from tracker.moderation.rates import Rate
from tracker.workflows.judging import screen

ALL, NONE = 0.0, 0.999999  # random draws: drawn for review whatever the share, or never


@pytest.fixture(name="settled")
def settled_site(sora: User) -> None:
    """Nobody is new here."""
    Rate.objects.create(key="first_entries", value=0, changed_at=NOON, changed_by=sora)


def look(*visits: Visit, random_draw: float = NONE, minutes: float = 1) -> None:
    at = NOON + timedelta(minutes=minutes)
    with patch("tracker.workflows.judging.screen.random_draw_of", return_value=random_draw):
        screen.screen_visits(visit_ids=[visit.pk for visit in visits], at=at)
    for visit in visits:
        visit.refresh_from_db()


def review_reason(visit: Visit) -> str:
    return Screening.objects.get(visit=visit, revision=visit.revision).review_reason


def codes(visit: Visit) -> list[str]:
    flags = Flag.objects.filter(visit=visit, revision=visit.revision).order_by("pk")
    return list(flags.values_list("code", flat=True))
