"""A whole period of simulated fieldwork, in the order in which it arrives. Pure but for rng."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tracker.demo.simulated.cast import Person, PersonKind, invent_cast
from tracker.demo.simulated.cheats import WAYS
from tracker.demo.simulated.entries import Draft
from tracker.demo.simulated.honest import honest_day, photo_of, round_of
from tracker.demo.simulated.town import Front, Street, build_town

DAY_S = 86_400
PERIOD_DAYS = 30
PER_DAY = 20  # entries of a worker on a day in the field
SHOPS_PER_VISIT = 0.32
FIRST_HOUR, LAST_HOUR = 10, 14  # a day begins between them
REASONS = ("not_allowed", "no_sign")


@dataclass(frozen=True)
class Season:
    """How much to simulate. The same seed gives the same season."""

    workers: int
    cheats: int
    visits: int
    seed: int
    least_care: float = 0.0  # of the cheats
    begin: float = 1_767_193_200.0  # midnight of 1 January 2026 in Tokyo


@dataclass(frozen=True)
class SeasonStory:
    """What was simulated: who, where, and what they sent."""

    people: list[Person]
    town: dict[str, list[Street]]
    days: list[list[Draft]]  # each day in the order of arrival

    @property
    def fronts(self) -> list[Front]:
        return [f for streets in self.town.values() for street in streets for f in street.fronts]


def tell(season: Season) -> SeasonStory:
    """The whole season. Cheats of all six kinds in turn, beginning with another at each seed."""
    rng = Random(season.seed)  # noqa: S311  # simulated data, not a secret
    honest = season.workers
    people = invent_cast(
        rng,
        workers=honest,
        cheats=season.cheats,
        first_kind=season.seed % len(WAYS),
        least_care=season.least_care,
    )
    town = build_town(rng, round(season.visits * SHOPS_PER_VISIT))
    return SeasonStory(people, town, list(_days(rng, season, people, town)))


def _days(
    rng: Random, season: Season, people: list[Person], town: dict[str, list[Street]]
) -> Iterator[list[Draft]]:
    diary = _diary(rng, season, people)
    photographed: set[int] = set()
    pictures = 0
    for number in range(PERIOD_DAYS):
        today: list[Draft] = []
        for person, entries in diary[number]:
            today += _day(
                rng,
                season,
                person,
                town[rng.choice(person.wards)],
                number=number,
                entries=entries,
            )
        today.sort(key=lambda draft: (draft.received, draft.worker))
        seen = []
        for draft in today:
            pictures += 1
            seen.append(_photographed(rng, people[draft.worker], draft, photographed, pictures))
        yield seen


def _diary(rng: Random, season: Season, people: list[Person]) -> list[list[tuple[Person, int]]]:
    """Day → who is out and how many shops they do."""
    diary: list[list[tuple[Person, int]]] = [[] for _day in range(PERIOD_DAYS)]
    each = season.visits // len(people)
    for number, person in enumerate(people):
        entries = each + (number < season.visits % len(people))
        days = max(1, min(PERIOD_DAYS, round(entries / PER_DAY)))
        for place, day in enumerate(sorted(rng.sample(range(PERIOD_DAYS), days))):
            diary[day].append((person, entries // days + (place < entries % days)))
    return diary


def _day(
    rng: Random,
    season: Season,
    person: Person,
    streets: list[Street],
    *,
    number: int,
    entries: int,
) -> list[Draft]:
    """One worker's day, honest or as the kind of cheat would write it."""
    way = round_of(rng, streets, entries)
    hour = rng.uniform(FIRST_HOUR, LAST_HOUR)
    begin = season.begin + number * DAY_S + hour * 3600
    day = honest_day(rng, person, way, begin, number / PERIOD_DAYS)
    return day if person.kind is PersonKind.HONEST else WAYS[person.kind](rng, person, day)


def _photographed(
    rng: Random, person: Person, draft: Draft, photographed: set[int], picture: int
) -> Draft:
    """Adds the photo where the phone asks for one; who makes entries up gives a reason."""
    if draft.shot or draft.outcome != "answered" or draft.front.number in photographed:
        return draft
    if draft.is_made_up:
        return replace(draft, no_photo=rng.choice(REASONS))
    shot, reason = photo_of(rng, person, picture)
    if shot:
        photographed.add(draft.front.number)
    return replace(draft, shot=shot, no_photo=reason)
