"""The steps of a random history: everything people and faults can do to a few shops."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from tests.factories import make_entry, make_shop
from tracker.accounts.models import User
from tracker.errors import TrackerError
from tracker.fieldwork.models import Visit
from tracker.moderation.transitions import Move
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import due_messages
from tracker.places.models import Shop
from tracker.vocabulary import Answer, Outcome, Segment
from tracker.workflows import corrections, dispatch, moderate, visits
from tracker.workflows.counts import silent
from tracker.workflows.rebuild_here import rebuild_here

SPOTS = [("35.6717", "139.7650"), ("35.6938", "139.7034"), ("34.6687", "135.5013"),
         ("34.9858", "135.7588"), ("35.6717", "139.7651")]  # fmt: skip
KNOWN = [Answer.YES, Answer.NO, Answer.UNSURE]
ENDS = [Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED, Outcome.CLOSED_TODAY, Outcome.NOT_FOUND]


class Killed(Exception):
    """The worker died here."""


@dataclass
class People:
    worker: User
    judge: User
    admin: User


@dataclass
class History:
    """One run: its dice, its clock, its shops, and how often each step did something."""

    dice: Random
    people: People
    now: datetime
    shops: list[Shop] = field(default_factory=list)
    did: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        self.shops = [
            make_shop(f"店{n}", segment=self.dice.choice(list(Segment))) for n in range(4)
        ]

    def step(self) -> None:
        """One step, and a pause of minutes or months; a refusal is an answer too."""
        self.now += timedelta(minutes=1)
        if self.dice.random() < 0.3:
            self.now += timedelta(days=self.dice.randint(1, 120))
        name = self.dice.choice(NAMES)
        with suppress(TrackerError):
            STEPS[name](self)
            self.did[name] = self.did.get(name, 0) + 1

    def shop(self) -> Shop:
        return self.dice.choice(self.shops)

    def visit(self, *states: str) -> Visit | None:
        found = list(Visit.objects.filter(state__in=states, shop__in=self.shops).order_by("pk"))
        return self.dice.choice(found) if found else None


def submit(history: History, outcome: Outcome = Outcome.ANSWERED) -> None:
    dice = history.dice
    seen = history.now - timedelta(days=dice.choice([0, 0, 1, 40, 400]))
    entry = make_entry(
        history.shop(),
        alipay=dice.choice(KNOWN),
        wechat_pay=dice.choice(list(Answer)),
        chinese_staff=dice.choice(list(Answer)),
        outcome=outcome,
        observed_at=seen.replace(second=0, microsecond=0),  # so that some are of one moment
    )
    visits.submit_visit(entry=entry, by=history.people.worker, at=history.now)


def judge(move: Move) -> Callable[[History], None]:
    def act(history: History) -> None:
        visit = history.visit("submitted")
        if visit is not None:
            moderate.decide(
                visit=visit, revision=visit.revision, move=move, note="",
                reasons=[] if move == Move.APPROVE else ["duplicate"],
                by=history.people.judge, at=history.now,
            )  # fmt: skip

    return act


def revise(history: History) -> None:
    visit = history.visit("returned")
    if visit is not None:
        entry = make_entry(
            visit.shop, uuid=visit.uuid, alipay=history.dice.choice(KNOWN),
            observed_at=visit.observed_at,
        )  # fmt: skip
        visits.resubmit_visit(visit=visit, entry=entry, by=history.people.worker, at=history.now)


def withdraw(history: History) -> None:
    visit = history.visit("submitted", "returned")
    if visit is not None:
        visits.withdraw_visit(visit=visit, by=history.people.worker, at=history.now)


def reopen(history: History) -> None:
    visit = history.visit("approved", "rejected")
    if visit is not None:
        moderate.reopen(visit=visit, note="", by=history.people.admin, at=history.now)


def close(history: History) -> None:
    submit(history, history.dice.choice(ENDS))


def move(history: History) -> None:
    lat, lon = history.dice.choice(SPOTS)
    corrections.move_shop(
        shop_id=history.shop().pk, lat=lat, lon=lon, by=history.people.judge, at=history.now
    )


def refile(history: History) -> None:
    corrections.file_shop(
        shop_id=history.shop().pk, segment=history.dice.choice(list(Segment)),
        by=history.people.judge, at=history.now,
    )  # fmt: skip


def merge(history: History) -> None:
    corrections.merge_shops(
        shop_id=history.shop().pk, into_id=history.shop().pk,
        by=history.people.judge, at=history.now,
    )  # fmt: skip


def split(history: History) -> None:
    corrections.split_shop(shop_id=history.shop().pk, by=history.people.judge, at=history.now)


def work_one(history: History) -> None:
    """A nudge arrives; all the others were lost with Redis."""
    for message in due(history)[:1]:
        dispatch.work(message_id=message, at=history.now)


def kill_in_the_middle(history: History) -> None:
    """The worker dies with its transaction open: the claim stays, nothing else does."""
    for message in due(history)[:1]:
        handle_claimed(history, message, dies_inside=True)


def kill_at_the_end(history: History) -> None:
    """The worker dies after its commit: the message is delivered again later."""
    for message in due(history)[:1]:
        handle_claimed(history, message, dies_inside=False)


def deliver_twice(history: History) -> None:
    """Redis hands out every nudge twice, and an old one again."""
    for message in due(history):
        dispatch.work(message_id=message, at=history.now)
        dispatch.work(message_id=message, at=history.now)
    dispatch.HANDLERS["refresh_shop"]([str(history.shop().pk)] * 2, history.now)


def recount(history: History) -> None:
    rebuild_here(at=history.now, progress=silent)


def due(history: History) -> list[int]:
    rows = due_messages(at=history.now, claim_seconds=outbox.CLAIM_SECONDS)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def handle_claimed(history: History, message_id: int, *, dies_inside: bool) -> None:
    if not outbox.claim(message_id=message_id, at=history.now):
        return
    message = OutboxMessage.objects.get(pk=message_id)
    with suppress(Killed), transaction.atomic():
        dispatch.HANDLERS[message.handler]([message.about], history.now)
        if dies_inside:
            raise Killed


STEPS: dict[str, Callable[[History], None]] = {
    "submit": submit, "approve": judge(Move.APPROVE), "reject": judge(Move.REJECT),
    "return": judge(Move.RETURN), "revise": revise, "withdraw": withdraw, "reopen": reopen,
    "close": close, "move": move, "refile": refile, "merge": merge, "split": split,
    "work": work_one, "kill in the middle": kill_in_the_middle,
    "kill at the end": kill_at_the_end, "deliver twice": deliver_twice, "recount": recount,
}  # fmt: skip
WEIGHTS = {"submit": 9, "approve": 12, "close": 2, "work": 4, "return": 2, "revise": 2}
NAMES = [name for name in STEPS for _time in range(WEIGHTS.get(name, 1))]
