"""What people do with a trait that was added: visits, decisions, corrections. Inside a copy."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from tests.factories import make_approved, make_shop, make_user, make_visit
from tests.promises.inside import reader
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.adoption.actions import refresh_cells
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.models import Decision
from tracker.moderation.transitions import Move
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.specs import TRAITS
from tracker.workflows import dispatch
from tracker.workflows.judging import moderate

NAMES = [f"初台薬局{number}" for number in range(12)]  # enough for a chart


def now() -> datetime:
    return timezone.now()


def worker() -> User:
    """Of the demonstration, where there is one."""
    return User.objects.filter(username="aki").first() or make_user("aki", Role.FIELDWORKER)


def judge() -> User:
    return User.objects.filter(username="mori").first() or make_user("mori", Role.MODERATOR)


def refresh_everything() -> None:
    refresh_cells(shop_ids=list(Shop.objects.values_list("pk", flat=True)), at=now())


def visit_twelve(code: str, **others: str) -> None:
    """Twelve new shops, visited two days ago and approved: one says no."""
    for name in NAMES:
        answer = Answer.NO if name == NAMES[0] else Answer.YES
        said = {code: answer} | {trait: Answer(word) for trait, word in others.items()}
        make_approved(make_shop(name), worker(), judge(), at=now() - timedelta(days=2), **said)
    dispatch.sweep(at=now())


def _twelve() -> list[Visit]:
    return list(Visit.objects.filter(shop__name__in=NAMES).order_by("pk"))


def take_back_twelve() -> None:
    """The moderator undoes the decisions; the entries wait again, with the same content."""
    for visit in _twelve():
        decision = Decision.objects.filter(visit=visit).latest("pk")
        moderate.undo(decision=decision, by=judge(), at=now())
    dispatch.sweep(at=now())
    assert {visit.state for visit in _twelve()} == {VisitState.SUBMITTED}


def approve_twelve() -> None:
    for visit in _twelve():
        moderate.decide(
            visit=visit, revision=visit.revision, move=Move.APPROVE, reasons=[], note="",
            by=judge(), at=now(),
        )  # fmt: skip
    dispatch.sweep(at=now())


def answer_in_the_form(code: str, question: str) -> None:
    """The form of the web asks for it and keeps the answer, and what was not answered."""
    client, shop, uuid = reader("en"), make_shop("四谷薬局"), uuid4()
    client.force_login(worker())
    address = f"/field/shops/{shop.pk}/visit"
    assert question in client.get(address).content.decode()
    when = timezone.localtime(now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    form = {"uuid": uuid, "outcome": "answered", "observed_at": when, code: "yes"}
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    visit = Visit.objects.get(uuid=uuid)
    assert visit.answers == dict.fromkeys(TRAITS, "not_checked") | {code: "yes"}


def correct_at_the_desk(code: str, label: str) -> None:
    """A moderator gives another answer: the form shows it, and the entry tells it ever after."""
    visit = make_visit(make_shop("五反田薬局"), worker(), at=now() - timedelta(hours=2))
    client = reader("en")
    client.force_login(judge())
    address = f"/desk/{visit.uuid}/correct"
    page = client.get(address).content.decode()
    assert re.search(rf'<select name="{code}"', page), page
    form = {"revision": 1, "outcome": "answered", **visit.answers, code: "yes", "note": "",
            "reasons": ["sign_not_visible"]}  # fmt: skip
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    visit.refresh_from_db()
    assert visit.answers[code] == visit.revisions.get(number=2).content[code] == "yes"
    assert f"{label}: Not checked → Yes" in client.get(f"/desk/{visit.uuid}/").content.decode()
