"""A simulated season judged in memory: the same pure rules, no database.

Day by day, as the worker process does it: what came before today makes the crowd, and each entry
is judged by what came before it. Photos are compared by what they show: that the real pictures
are found is measured in tests/moderation/triage/test_album.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tracker.demo.simulated.cast import Person, PersonKind
from tracker.demo.simulated.entries import Draft, Shot, record_of
from tracker.demo.simulated.plan import Season, SeasonStory, tell
from tracker.moderation.triage.crowd import Crowd
from tracker.moderation.triage.facts import Finding, PhotoMatch, Record
from tracker.moderation.triage.judge import findings_of, score_of
from tracker.moderation.triage.known import KnownAnswers, Outside

FIRST_ENTRIES = 30


@dataclass(frozen=True)
class Judged:
    """An entry and what was found."""

    draft: Draft
    record: Record
    findings: list[Finding]

    @property
    def score(self) -> float:
        return score_of(self.findings)


@dataclass
class Watched:
    """A season after it was judged."""

    story: SeasonStory
    judged: list[Judged] = field(default_factory=list)

    @cached_property
    def crowd(self) -> Crowd:
        return Crowd(one.record for one in self.judged)

    @cached_property
    def flags(self) -> dict[int, Counter[str]]:
        """Worker → code → entries."""
        counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for one in self.judged:
            counts[one.record.worker].update(finding.code for finding in one.findings)
        return dict(counts)

    def people(self, kinds: Iterable[PersonKind]) -> list[Person]:
        wanted = set(kinds)
        return [person for person in self.story.people if person.kind in wanted]


def watch(season: Season) -> Watched:
    story = tell(season)
    watched = Watched(story)
    records: list[Record] = []
    numbers: Counter[int] = Counter()
    shots: defaultdict[int, list[tuple[Record, Shot]]] = defaultdict(list)
    for day in story.days:
        outside = Outside()
        outside.chains = _chains(records)
        known = KnownAnswers(records, Crowd(records), outside)
        for draft in day:
            record = record_of(draft, key=len(records) + 1)
            numbers[record.worker] += 1
            outside.numbers[record.key] = numbers[record.worker]
            if draft.shot:
                outside.matches[record.key] = _matches(draft.shot, shots[draft.shot.picture])
                shots[draft.shot.picture].append((record, draft.shot))
            known.add(record)
            facts = known.facts_of(record)
            watched.judged.append(
                Judged(draft, record, findings_of(facts, first_entries=FIRST_ENTRIES))
            )
            records.append(record)
    return watched


def _matches(shot: Shot, earlier: list[tuple[Record, Shot]]) -> tuple[PhotoMatch, ...]:
    return tuple(
        PhotoMatch(
            record.key,
            record.place.shop,
            1.0 if not shot.change and not other.change else 0.97,
            not shot.change and not other.change,
            shot.change if shot.change in ("mirrored", "cropped") else "whole",
        )
        for record, other in earlier
    )


def _chains(records: list[Record]) -> dict[str, tuple[Record, ...]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.place.brand:
            found[record.place.brand].append(record)
    return {brand: tuple(entries) for brand, entries in found.items()}
