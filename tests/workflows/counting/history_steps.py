"""The steps of a random history: everything people and faults can do to a few shops."""

from collections import Counter
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
from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.workflows import dispatch
from tracker.workflows.counting.counts import silent
from tracker.workflows.counting.rebuild_here import rebuild_here
from tracker.workflows.entries import visits
from tracker.workflows.judging import corrections, moderate

SPOTS = [("35.6717", "139.7650"), ("35.6938", "139.7034"), ("34.6687", "135.5013"),
         ("34.9858", "135.7588"), ("35.6717", "139.7651")]  # fmt: skip
KNOWN = [Answer.YES, Answer.NO, Answer.UNSURE]
ENDS = [Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED, Outcome.CLOSED_TODAY, Outcome.NOT_FOUND]


Step = Callable[["History"], bool]  # whether it happened


class Killed(Exception):
    """The worker died here."""


@dataclass
class People:
    worker: User
    judge: User
    admin: User


@dataclass
class History:
    """One run: its rng, its clock, its shops, and how often each step really happened.

    `notified` are the notifies that lie in Redis; `heard` is the last message that rang.
    """

    rng: Random
    people: People
    now: datetime
    shops: list[Shop] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    notified: list[int] = field(default_factory=list)
    heard: int = 0

    def begin(self) -> None:
        self.shops = [make_shop(f"店{n}", segment=self.rng.choice(list(Segment))) for n in range(4)]

    def step(self) -> None:
        """A pause of minutes or months, and one step; what is refused or idle is no step."""
        self.now += timedelta(minutes=1)
        if self.rng.random() < 0.3:
            self.now += timedelta(days=self.rng.randint(1, 120))
        happened = False
        while not happened:
            name = self.rng.choice(NAMES)
            with suppress(TrackerError):
                happened = STEPS[name](self)
        self.did[name] += 1
        rung = OutboxMessage.objects.filter(pk__gt=self.heard).order_by("pk")
        self.notified += rung.values_list("pk", flat=True)
        self.heard = max([self.heard, *self.notified])

    def shop(self) -> Shop:
        return self.rng.choice(self.shops)

    def visit(self, *states: str) -> Visit | None:
        found = list(Visit.objects.filter(state__in=states, shop__in=self.shops).order_by("pk"))
        return self.rng.choice(found) if found else None


def submit(history: History, outcome: Outcome = Outcome.ANSWERED) -> bool:
    rng = history.rng
    seen = history.now - timedelta(days=rng.choice([0, 0, 1, 40, 400]))
    entry = make_entry(
        history.shop(),
        alipay=rng.choice(KNOWN),
        wechat_pay=rng.choice(list(Answer)),
        chinese_staff=rng.choice(list(Answer)),
        outcome=outcome,
        observed_at=seen.replace(second=0, microsecond=0),  # so that some are of one moment
    )
    visits.submit_visit(entry=entry, by=history.people.worker, at=history.now)
    return True


def judge(move: Move) -> Step:
    def act(history: History, visit: Visit) -> None:
        moderate.decide(
            visit=visit, revision=visit.revision, move=move, note="",
            reasons=[] if move == Move.APPROVE else ["duplicate"],
            by=history.people.judge, at=history.now,
        )  # fmt: skip

    return of_a_visit(act, "submitted")


def of_a_visit(act: Callable[[History, Visit], None], *states: str) -> Step:
    """A step that needs a visit in one of these states."""

    def step(history: History) -> bool:
        visit = history.visit(*states)
        if visit is not None:
            act(history, visit)
        return visit is not None

    return step


def revise(history: History, visit: Visit) -> None:
    entry = make_entry(
        visit.shop, uuid=visit.uuid, alipay=history.rng.choice(KNOWN),
        observed_at=visit.observed_at,
    )  # fmt: skip
    visits.resubmit_visit(visit=visit, entry=entry, by=history.people.worker, at=history.now)


def withdraw(history: History, visit: Visit) -> None:
    visits.withdraw_visit(visit=visit, by=history.people.worker, at=history.now)


def reopen(history: History, visit: Visit) -> None:
    moderate.reopen(visit=visit, note="", by=history.people.admin, at=history.now)


def close(history: History) -> bool:
    return submit(history, history.rng.choice(ENDS))


def move(history: History) -> bool:
    shop, (lat, lon) = history.shop(), history.rng.choice(SPOTS)
    moved = corrections.move_shop(
        shop_id=shop.pk, lat=lat, lon=lon, by=history.people.judge, at=history.now
    )
    return Shop.objects.get(pk=moved.pk).changes.latest("pk").lat_e7 != moved.lat_e7


def refile(history: History) -> bool:
    shop, segment = history.shop(), history.rng.choice(list(Segment))
    was = Shop.objects.get(pk=shop.pk).segment
    corrections.reclassify_shop(
        shop_id=shop.pk, segment=segment, by=history.people.judge, at=history.now
    )
    return was != segment


def merge(history: History) -> bool:
    corrections.merge_shops(
        shop_id=history.shop().pk, into_id=history.shop().pk,
        by=history.people.judge, at=history.now,
    )  # fmt: skip
    return True


def split(history: History) -> bool:
    corrections.split_shop(shop_id=history.shop().pk, by=history.people.judge, at=history.now)
    return True


def work(history: History) -> bool:
    """Redis hands a notifies to a worker, perhaps long after it rang."""
    if not history.notified:
        return False
    message = history.notified.pop(history.rng.randrange(len(history.notified)))
    return dispatch.work(message_id=message, at=history.now) > 0


def flush(history: History) -> bool:
    """Redis forgets every notifies."""
    lost, history.notified = history.notified, []
    return bool(lost)


def sweep(history: History) -> bool:
    """The sweeper looks for what nobody rang for."""
    return sum(dispatch.work(message_id=one, at=history.now) for one in due(history)) > 0


def kill_in_the_middle(history: History) -> bool:
    """The worker dies with its transaction open: the claim stays, nothing else does."""
    return any(handle_claimed(history, one, dies_inside=True) for one in due(history)[:1])


def kill_at_the_end(history: History) -> bool:
    """The worker dies after its commit: the message is delivered again later."""
    return any(handle_claimed(history, one, dies_inside=False) for one in due(history)[:1])


def deliver_twice(history: History) -> bool:
    """Redis hands out every notifies twice, and an old one again."""
    waiting = due(history)
    for message in waiting:
        dispatch.work(message_id=message, at=history.now)
        dispatch.work(message_id=message, at=history.now)
    dispatch.HANDLERS["refresh_shop"]([str(history.shop().pk)] * 2, history.now)
    return bool(waiting)


def recount(history: History) -> bool:
    rebuild_here(at=history.now, progress=silent)
    return True


def due(history: History) -> list[int]:
    rows = due_messages(at=history.now, claim_seconds=outbox.CLAIM_SECONDS)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def handle_claimed(history: History, message_id: int, *, dies_inside: bool) -> bool:
    """Whether there was something to claim."""
    if not outbox.claim(message_id=message_id, at=history.now):
        return False
    message = OutboxMessage.objects.get(pk=message_id)
    with suppress(Killed), transaction.atomic():
        dispatch.HANDLERS[message.handler]([message.about], history.now)
        if dies_inside:
            raise Killed
    return True


STEPS: dict[str, Step] = {
    "submit": submit, "approve": judge(Move.APPROVE), "reject": judge(Move.REJECT),
    "return": judge(Move.RETURN), "revise": of_a_visit(revise, "returned"),
    "withdraw": of_a_visit(withdraw, "submitted", "returned"),
    "reopen": of_a_visit(reopen, "approved", "rejected"), "close": close, "move": move,
    "refile": refile, "merge": merge, "split": split, "work": work, "flush Redis": flush,
    "sweep": sweep, "kill in the middle": kill_in_the_middle, "kill at the end": kill_at_the_end,
    "deliver twice": deliver_twice, "recount": recount,
}  # fmt: skip
WEIGHTS = {"submit": 9, "approve": 12, "close": 2, "work": 4, "return": 2, "revise": 2}
NAMES = [name for name in STEPS for _time in range(WEIGHTS.get(name, 1))]
