"""A simulated season through the real workflows: whole, flagged, and its cheats found."""

import io

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from tests.factories import NOON, make_shop
from tracker.audit import log
from tracker.audit.models import AuditEvent
from tracker.demo.simulated.plan import Season
from tracker.demo.simulation import SimulatedSite, simulate
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import How, ReviewReason
from tracker.moderation.models import Decision, Flag, Screening
from tracker.moderation.standings import standings_at
from tracker.moderation.triage.standings import listed
from tracker.outbox.queries import open_messages
from tracker.places.models import Shop
from tracker.workflows.counting import counts
from tracker.workflows.judging.screen import recompute

pytestmark = [pytest.mark.django_db, pytest.mark.slow(8)]
SEASON = Season(workers=10, cheats=6, visits=720, seed=2)


def silent(done: int, total: int) -> None:
    """No bar."""


@pytest.fixture
def site(settings: LazySettings) -> SimulatedSite:
    settings.PRODUCTION = False
    return simulate(season=SEASON, photos=0.1, progress=silent)


def test_a_season_is_real_entries_with_log_screening_and_true_counts(site: SimulatedSite) -> None:
    assert Visit.objects.count() == len(site.drafts) == 720
    assert Screening.objects.count() == 720
    assert AuditEvent.objects.filter(kind="visit_submitted").count() == 720
    assert log.breaks() == []
    verdict = counts.verify()
    assert (verdict.differences, verdict.waiting, verdict.set_aside) == ([], 0, 0)

    _first_entries_are_all_waiting(site)
    _only_unflagged_ones_were_approved_by_rule()
    _exact_reuse_is_flagged(site)
    _cheats_lead_the_list(site)
    _flags_computed_again_are_the_same()


def _first_entries_are_all_waiting(site: SimulatedSite) -> None:
    for worker in site.workers:
        first = Visit.objects.filter(worker=worker).order_by("received_at", "pk")[:30]
        assert {visit.state for visit in first} == {VisitState.SUBMITTED}
        routes = Screening.objects.filter(visit__in=list(first)).values_list(
            "review_reason", flat=True
        )
        assert set(routes) == {ReviewReason.NEW_WORKER}


def _only_unflagged_ones_were_approved_by_rule() -> None:
    by_rule = Decision.objects.filter(how=How.RULE)
    assert by_rule.count() > 50
    assert Flag.objects.filter(visit__decisions__in=by_rule, weight__gt=0).count() == 0
    assert Visit.objects.filter(state=VisitState.APPROVED).count() == by_rule.count()


def _exact_reuse_is_flagged(site: SimulatedSite) -> None:
    """Every file that came before with another shop, by the files alone."""
    seen: dict[str, int] = {}
    photos = Photo.objects.select_related("visit").order_by("received_at", "pk")
    again = [
        photo.visit_id
        for photo in photos
        if seen.setdefault(photo.sha256, photo.visit.shop_id) != photo.visit.shop_id
    ]
    flagged = Flag.objects.filter(visit__in=again, code="photo_same", weight=3)
    assert len(again) > 5
    assert flagged.count() == len(again)


def _cheats_lead_the_list(site: SimulatedSite) -> None:
    last = Visit.objects.latest("received_at").received_at
    standings = standings_at(last)
    assert len(standings) == 16
    cheats = {worker.pk for worker in site.workers[10:]}
    assert len({standing.worker for standing in standings[:6]} & cheats) >= 5
    honest = [one.worker for one in listed(standings) if one.worker not in cheats]
    assert honest == []


def _flags_computed_again_are_the_same() -> None:
    """A day's entries are screened together; together they are computed again."""
    day = Visit.objects.order_by("-received_at", "-pk")[0].received_at.date()
    ids = list(Visit.objects.filter(received_at__date=day).values_list("pk", flat=True))
    names = ("visit_id", "code", "number", "limit", "weight", "facts")
    before = list(Flag.objects.filter(visit__in=ids).order_by("visit", "code").values_list(*names))
    recompute(visit_ids=ids, at=NOON)
    after = list(Flag.objects.filter(visit__in=ids).order_by("visit", "code").values_list(*names))
    assert after == before
    assert len(before) > 5


def test_the_command_makes_a_season() -> None:
    out = io.StringIO()
    call_command(
        "simulate", workers=2, cheats=1, visits=30, seed=3, photos=1.0, stdout=out, stderr=out
    )
    assert "30 entries of 3 workers" in out.getvalue()
    assert open_messages().count() == 0


def test_a_site_with_shops_is_left_alone() -> None:
    make_shop()
    with pytest.raises(CommandError, match="empty database"):
        call_command("simulate", workers=1, cheats=1, visits=10)
    assert (Shop.objects.count(), Visit.objects.count()) == (1, 0)


def test_production_knows_no_simulated_people(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="refused in production"):
        call_command("simulate", visits=10)
    assert Visit.objects.count() == 0
