"""Fill an empty site with invented shops and visits, through the same workflows as real ones."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.demo.invented.curves import Shopkeeper, invent_shopkeeper
from tracker.demo.invented.diary import DAYS_PER_MONTH, Stop, invent_diary
from tracker.demo.invented.shops import register_invented
from tracker.demo.invented.tills import invent_till, seen_at
from tracker.errors import Refused
from tracker.fieldwork.entry import Entry, VisitEntry
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.rates import current_rates
from tracker.moderation.transitions import Move
from tracker.months import month_of, month_start
from tracker.outbox.actions import finish_all, without_notifying
from tracker.outbox.queries import open_messages
from tracker.places.atlas.cities import City
from tracker.places.grid import Fix
from tracker.places.kinds import Segment
from tracker.places.models import Shop, Source
from tracker.places.queries import DEMO_DATASET
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import Routes
from tracker.survey.traits import Trait
from tracker.workflows.counting.counts import silent
from tracker.workflows.counting.rebuild_here import rebuild_here
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate
from tracker.workflows.judging.screen import screen_visits
from tracker.workflows.people import people

Progress = Callable[[int, int], None]
WORKERS = ("aki", "ben", "chie", "daichi")
JUDGES = ("mori", "rin")
NO_FIX, FAR = 0.04, 0.05  # of the entries
NEAR_E7, FAR_E7 = 900, 36_000  # 10 and 400 m
WAITING_DAYS = 4  # visits younger than this are still in the queue


@dataclass(frozen=True)
class Plan:
    """How much to invent. The same seed in the same month gives the same data."""

    shops: int
    months: int
    seed: int
    at: datetime


@dataclass(frozen=True)
class Crew:
    workers: list[User]
    judges: list[User]

    def worker_of(self, shop: Shop) -> User:
        """Everybody works in one city; of the two in the first one each in wards of their own.

        Where there are more cities than workers, some work in several.
        """
        place = list(City).index(City(shop.city_id))
        if place == 0:
            return self.workers[int(shop.ward_id or "0") % 2]
        return self.workers[2 + (place - 1) % (len(self.workers) - 2)]


@dataclass(frozen=True)
class DemoStory:
    """Everything an invented visit is made from."""

    plan: Plan
    crew: Crew
    rng: Random
    shop: Shop
    keeper: Shopkeeper
    till: Routes


@transaction.atomic
def load(*, plan: Plan, progress: Progress) -> int:
    """Invent everything or nothing; returns the number of visits. Refused beside real shops."""
    if Shop.objects.exists():
        raise Refused(_("There are shops already. The demonstration only fills an empty database."))
    with without_notifying():
        made = _invent(plan, progress)
        rebuild_here(at=plan.at, progress=silent)
        _screen_waiting(plan)
    # The rebuild has counted every shop, and what waits is screened: all that was asked for on
    # the way is done.
    done = open_messages().filter(handler__in=["refresh_shop", "screen_visit"])
    finish_all(message_ids=list(done.values_list("pk", flat=True)), at=plan.at)
    return made


def _invent(plan: Plan, progress: Progress) -> int:
    rng = Random(plan.seed)  # noqa: S311  # invented data, not a secret
    crew = _crew(plan.at)
    made = 0
    for number in range(plan.shops):
        shop = _shop(plan, number, rng, crew)
        keeper = invent_shopkeeper(rng, Segment(shop.segment), shop.ward_id or "0")
        till = invent_till(Random(shop.uuid.int))  # noqa: S311  # invented data
        story = DemoStory(plan, crew, rng, shop, keeper, till)
        for stop in invent_diary(rng, plan.months):
            made += _visit(story, stop)
        progress(number + 1, plan.shops)
    return made


def _screen_waiting(plan: Plan) -> None:
    """Flags for everything in the queue; nothing is approved by rule, so that it stays there."""
    waiting = Visit.objects.filter(state=VisitState.SUBMITTED).order_by("pk")
    rates = replace(current_rates(), is_rule_on=False)
    screen_visits(visit_ids=list(waiting.values_list("pk", flat=True)), at=plan.at, rates=rates)


def _crew(at: datetime) -> Crew:
    def person(name: str, role: Role) -> User:
        return people.demo_person(role=role, at=at, username=name)

    return Crew(
        workers=[person(name, Role.FIELDWORKER) for name in WORKERS],
        judges=[person(name, Role.MODERATOR) for name in JUDGES],
    )


def _uuid(plan: Plan, *parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, ("noren-demo", plan.seed, plan.at, *parts))))


def _shop(plan: Plan, number: int, rng: Random, crew: Crew) -> Shop:
    shop = register_invented(
        rng, uuid=_uuid(plan, "shop", number), by=rng.choice(crew.workers), at=_begin(plan)
    )
    Source.objects.create(
        shop=shop,
        dataset=DEMO_DATASET,
        external_id=f"{plan.seed}/{number}",
        digest="0" * 64,
        imported_at=plan.at,
    )
    return shop


def _begin(plan: Plan) -> datetime:
    return month_start(month_of(plan.at) - plan.months + 1)


def _visit(story: DemoStory, stop: Stop) -> int:
    """One visit and its decision; nothing where it would lie in the future."""
    plan, crew, rng = story.plan, story.crew, story.rng
    observed_at = _begin(plan) + timedelta(days=stop.day, seconds=stop.second)
    if observed_at > plan.at - timedelta(hours=1):
        return 0
    visit = visits.submit_visit(
        entry=_entry(story, stop, observed_at),
        by=crew.worker_of(story.shop),
        at=observed_at + timedelta(minutes=2),
    )
    if observed_at < plan.at - timedelta(days=WAITING_DAYS):
        _judge(visit, rng, crew, observed_at + timedelta(hours=20))
    return 1


def _entry(story: DemoStory, stop: Stop, observed_at: datetime) -> VisitEntry:
    shop, rng = story.shop, story.rng
    moment = stop.day / (story.plan.months * DAYS_PER_MONTH)
    is_answered = stop.outcome == Outcome.ANSWERED
    answers = dict.fromkeys(Trait, Answer.NOT_CHECKED)
    if is_answered:
        answers = {trait: _answer(story.keeper.has(trait, moment), rng) for trait in Trait}
    said = Entry(
        outcome=stop.outcome,
        answers=answers,
        routes=seen_at(story.till, answers) if is_answered else (),
        evidence=rng.choice(Evidence.values) if is_answered else "",
        note="",
        observed_at=observed_at,
        opened_at=observed_at - timedelta(seconds=rng.randint(9, 40)),
        fix=_fix(shop, rng),
    )
    return VisitEntry(_uuid(story.plan, shop.uuid, stop.day), shop.pk, said)


def _fix(shop: Shop, rng: Random) -> Fix | None:
    """Mostly at the door; now and then some streets away, or nowhere."""
    draw = rng.random()
    if draw < NO_FIX:
        return None
    reach = FAR_E7 if draw < NO_FIX + FAR else NEAR_E7
    up, right = (rng.choice((-1, 1)) * rng.randint(reach // 2, reach) for _each in range(2))
    return Fix(shop.lat_e7 + up, shop.lon_e7 + right, 12)


def _answer(is_yes: bool, rng: Random) -> Answer:
    """What the worker writes down: mostly the truth, sometimes unsure."""
    if rng.random() < 0.05:
        return Answer.UNSURE
    return Answer.YES if is_yes else Answer.NO


def _judge(visit: Visit, rng: Random, crew: Crew, at: datetime) -> None:
    draw = rng.random()
    move, reasons = Move.APPROVE, []
    if draw < 0.02:
        move, reasons = Move.REJECT, [Reason.WRONG_SHOP.value]
    elif draw < 0.05:
        move, reasons = Move.RETURN, [Reason.SIGN_NOT_VISIBLE.value]
    moderate.decide(
        visit=visit,
        revision=visit.revision,
        move=move,
        reasons=reasons,
        note="",
        by=rng.choice(crew.judges),
        at=at,
    )
