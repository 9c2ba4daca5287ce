"""A house in which every page of the team and of the desk has something to show."""

from datetime import datetime, timedelta

from django.utils import timezone

from tests.factories import (
    GINZA,
    make_approved,
    make_entry,
    make_flag,
    make_shop,
    make_user,
)
from tests.fieldwork.pictures.test_photos import picture
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import CheckKind
from tracker.moderation.models import Decision
from tracker.places.models import DuplicatePair, Shop
from tracker.rechecks import actions as rechecks
from tracker.rechecks.models import Reinterview
from tracker.survey.answers import Answer
from tracker.workflows.entries import visits
from tracker.workflows.judging import corrections, duplicates
from tracker.workflows.judging.rechecks import answer_check
from tracker.workflows.people import membership, people

PAIRS = 24  # figures of agreement are shown from twenty on
DUPLICATES = 12  # more than one page


def fill() -> dict[str, str]:
    """Name → path of what the pages are about."""
    at = timezone.now() - timedelta(days=3)
    cast = {role: people.demo_person(role=role, at=at) for role in Role}
    worker, moderator, admin = cast[Role.FIELDWORKER], cast[Role.MODERATOR], cast[Role.ADMIN]
    other = make_user("rin", Role.MODERATOR)
    pairs = [_pair(worker, other, n, at) for n in range(PAIRS)]
    checks = _re_reviews(moderator, worker, other, at)
    _shops_listed_twice(admin, at)
    return checks | _people(admin, at) | {
        "worker": f"/team/{worker.pk}/", "moderator": f"/team/{moderator.pk}/",
        "admin": f"/team/{admin.pk}/", "by entry": f"/desk/log/?subject={pairs[0].uuid}",
    }  # fmt: skip


def _pair(worker: User, judge: User, n: int, at: datetime) -> Visit:
    """A visit and the same again by somebody else; every fourth pair differs."""
    shop = make_shop(f"再訪{n}号店")
    again = User.objects.filter(username="ben").first() or make_user("ben", Role.FIELDWORKER)
    first = make_approved(shop, worker, judge, at=at)
    alipay = Answer.NO if n % 4 == 0 else Answer.YES
    second = make_approved(shop, again, judge, at=at + timedelta(hours=1), alipay=alipay)
    make_flag(first, number=80.0 + n)
    Reinterview.objects.create(
        first=first, second=second, drawn_at=at, due_at=at + timedelta(days=7), closed_at=at
    )
    return first


def _re_reviews(moderator: User, worker: User, other: User, at: datetime) -> dict[str, str]:
    """One that waits, with a photo; one that agreed; one that differs."""
    found: dict[str, str] = {}
    answers = {"agreed": VisitState.APPROVED, "differs": VisitState.REJECTED, "waits": None}
    decisions = Decision.objects.filter(by=other, to_state=VisitState.APPROVED).order_by("pk")
    for decision, (name, answer) in zip(decisions, answers.items(), strict=False):
        entry = make_entry(decision.visit.shop, observed_at=at, note="レジ横の青い看板")
        visits.submit_visit(entry=entry, by=worker, at=at, photos=[picture((640, 480))])
        check = rechecks.ask(
            moderator=moderator, decision=decision, kind=CheckKind.RE_REVIEW, at=at
        )
        if answer is not None:
            answer_check(check=check, state=answer, by=moderator, at=at)
        found[name] = f"/desk/checks/{check.pk}/"
    return found


def _shops_listed_twice(admin: User, at: datetime) -> None:
    for n in range(DUPLICATES + 1):
        for name in (f"千歳屋{n}番街本館", f"千歳屋{n}番街"):
            make_shop(name, lat_e7=GINZA[0] + 100_000 * (n + 1))
    duplicates.find_duplicates(at=at)
    assert DuplicatePair.objects.count() > DUPLICATES
    one, into = Shop.objects.filter(name__startswith="千歳屋0番街").order_by("pk")
    corrections.merge_shops(shop_id=one.pk, into_id=into.pk, by=admin, at=at)


def _people(admin: User, at: datetime) -> dict[str, str]:
    """Two who have left, one of them with two weeks to hand in; one who is awaited."""
    closed, leaving = make_user("kei", Role.FIELDWORKER), make_user("nao", Role.FIELDWORKER)
    membership.close_account(person=closed, may_upload=False, by=admin, at=at)
    membership.close_account(person=leaving, may_upload=True, by=admin, at=at)
    token = membership.invite(username="yui", role=Role.MODERATOR, by=admin, at=timezone.now())
    return {
        "closed": f"/team/{closed.pk}/", "leaving": f"/team/{leaving.pk}/",
        "invitation": f"/accounts/invitation/{token}/",
    }  # fmt: skip
