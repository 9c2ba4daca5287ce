"""What is at the till is corrected like an answer, and both databases count it alike."""

import pytest

from tests.factories import make_shop, make_visit
from tests.workflows.judging.test_undo_and_correct import correct
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid
from tracker.moderation.models import Correction
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import NOTHING_SEEN, Route
from tracker.survey.traits import Trait
from tracker.workflows.counting import counts

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_what_is_at_the_till_is_corrected_like_an_answer(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki, routes=(Route["PAYPAY_CODE"],))
    answers = {Trait(trait): Answer(answer) for trait, answer in visit.answers.items()}
    for revision, routes, changes in (
        (1, (Route["PAYPAY_READER"],), [["paypay_code"], ["paypay_reader"]]),
        (2, (), [["paypay_reader"], None]),
        (3, (NOTHING_SEEN,), [None, ["nothing_seen"]]),
    ):
        correction = correct(visit, mori, revision=revision, answers=answers, routes=routes)
        assert correction.changes == {"routes": changes}
        visit.refresh_from_db()
        assert visit.seen_routes == routes
        assert visit.revisions.get(number=revision + 1).content.get("routes") == changes[1]
    assert counts.verify().differences == []
    facts = AuditEvent.objects.filter(kind="visit_corrected").order_by("pk")
    assert [event.facts["changes"] for event in facts] == [
        ["routes: paypay_code → paypay_reader"],
        ["routes: paypay_reader → -"],
        ["routes: - → nothing_seen"],
    ]


def test_a_closed_shop_has_nothing_at_its_till(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    with pytest.raises(Invalid, match="nothing is said of the till"):
        correct(
            visit, mori, outcome=Outcome.CLOSED_TODAY, routes=(Route["TERMINAL"],),
            answers=dict.fromkeys(Trait, Answer.NOT_CHECKED),
        )  # fmt: skip
    assert Correction.objects.count() == 0
