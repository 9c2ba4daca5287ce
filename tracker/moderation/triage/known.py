"""Brings together what was known when an entry came: the same records, the same facts. Pure.

Only what came before an entry counts for it, so that a rule run again later says the same.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tracker.fieldwork.due import is_photo_asked
from tracker.moderation.triage.arithmetic import TOKYO_OFFSET_S
from tracker.moderation.triage.crowd import Crowd
from tracker.moderation.triage.facts import (
    ANSWERED,
    SIDES,
    ChainOfShop,
    Duplicate,
    Facts,
    PhotoMatch,
    Record,
    WorkerFinding,
)

DAY_S = 86_400.0
OWN_ENTRIES = 60  # of the worker, before this one, that the rules look at
OWN_DAYS = 30


def by_observation(record: Record) -> tuple[float, float, int]:
    return (record.at, record.received, record.key)


@dataclass
class Outside:
    """What the records themselves do not tell, by entry or by shop."""

    numbers: dict[int, int] = field(default_factory=dict)  # entry → the worker's ordinal
    matches: dict[int, tuple[PhotoMatch, ...]] = field(default_factory=dict)
    overdue: frozenset[int] = frozenset()
    drawn: frozenset[int] = frozenset()  # entries of shops drawn to be photographed again
    duplicates: dict[int, tuple[Duplicate, ...]] = field(default_factory=dict)  # of new shops
    new_shops: frozenset[int] = frozenset()
    chains: dict[str, tuple[Record, ...]] = field(default_factory=dict)  # brand → late entries


class KnownAnswers:
    """Records by worker and by shop, and the crowd they are compared with."""

    def __init__(
        self, records: Iterable[Record], crowd: Crowd, outside: Outside | None = None
    ) -> None:
        self.crowd = crowd
        self.outside = outside or Outside()
        self.by_worker: defaultdict[int, list[Record]] = defaultdict(list)
        self.by_shop: defaultdict[int, list[Record]] = defaultdict(list)
        for record in sorted(records, key=by_observation):
            self.by_worker[record.worker].append(record)
            self.by_shop[record.place.shop].append(record)
        self._quick: dict[int, float | None] = {}
        self._found: dict[int, tuple[WorkerFinding, ...]] = {}

    def add(self, record: Record) -> None:
        """One more entry, for a simulation that goes on from day to day."""
        insort(self.by_worker[record.worker], record, key=by_observation)
        insort(self.by_shop[record.place.shop], record, key=by_observation)

    def facts_of(self, entry: Record) -> Facts:
        """Everything the rules may know of the entry."""
        out = self.outside
        shop = tuple(_before(self.by_shop[entry.place.shop], entry))
        return Facts(
            entry=entry,
            number=out.numbers.get(entry.key, 1),
            own=self._own(entry),
            shop=shop,
            quick_s=self._quick_of(entry.worker),
            is_photo_due=entry.is_app and _is_photo_asked(shop, entry, entry.key in out.drawn),
            is_overdue=entry.key in out.overdue,
            matches=out.matches.get(entry.key, ()),
            duplicates=out.duplicates.get(entry.place.shop, ()),
            is_new_shop=entry.place.shop in out.new_shops,
            chains=_chains(out.chains.get(entry.place.brand, ()), entry),
            worker=self._found_of(entry.worker),
        )

    def _own(self, entry: Record) -> tuple[Record, ...]:
        since = entry.at - OWN_DAYS * DAY_S
        own = [one for one in _before(self.by_worker[entry.worker], entry) if one.at >= since]
        return tuple(own[-OWN_ENTRIES:])

    def _quick_of(self, worker: int) -> float | None:
        if worker not in self._quick:
            self._quick[worker] = self.crowd.quick(worker)
        return self._quick[worker]

    def _found_of(self, worker: int) -> tuple[WorkerFinding, ...]:
        if worker not in self._found:
            self._found[worker] = self.crowd.findings(worker)
        return self._found[worker]


def _before(records: Sequence[Record], entry: Record) -> list[Record]:
    """Those that came earlier, in order of observation."""
    return [one for one in records if one.moment < entry.moment]


def _is_photo_asked(shop: Sequence[Record], entry: Record, is_drawn: bool) -> bool:
    """Whether the phone asked for a photo, by what is known of that day."""
    days = [_tokyo_day(one.at) for one in shop if one.photos and one.at <= entry.at]
    last = max(days) if days else None
    return is_photo_asked(last, is_drawn=is_drawn, today=_tokyo_day(entry.at))


def _tokyo_day(at: float) -> date:
    return datetime.fromtimestamp(at + TOKYO_OFFSET_S, UTC).date()


def _chains(records: Sequence[Record], entry: Record) -> tuple[ChainOfShop, ...]:
    """For each trait how many other shops of the chain were lately answered otherwise."""
    if not entry.place.brand or entry.outcome != ANSWERED:
        return ()
    latest = {
        one.place.shop: one
        for one in _before(records, entry)
        if one.outcome == ANSWERED and one.place.shop != entry.place.shop
    }
    found = []
    for trait, answer in enumerate(entry.answers):
        said = [one.answers[trait] for one in latest.values() if one.answers[trait] in SIDES]
        if answer in SIDES and said:
            found.append(ChainOfShop(trait, len(said), sum(one != answer for one in said)))
    return tuple(found)
