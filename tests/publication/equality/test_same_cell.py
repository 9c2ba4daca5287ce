"""The same cell is equal in page, drawing, CSV, workbook, JSON, GeoJSON, Parquet and API."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.factories import NOON, add_visit, make_shop
from tests.publication.equality.files import key_of, released
from tests.publication.equality.pages import given_by, shown_by
from tests.publication.equality.world import (
    GRIDS,
    LAST,
    MONTHS,
    SEGMENTS,
    Asked,
    World,
    areas_of,
    count_the_world,
    figure_of,
    shown,
)
from tracker.accounts.models import User
from tracker.fieldwork.models import VisitRevision
from tracker.fieldwork.states import VisitState
from tracker.moderation.models import Decision
from tracker.months import month_text
from tracker.places.atlas.cities import CITY_OF_SLUG
from tracker.places.kinds import ALL_SEGMENTS
from tracker.publication.files.citation import Citation
from tracker.publication.files.table import table_of
from tracker.publication.releases.files import Writing
from tracker.survey.answers import Answer
from tracker.survey.measures import Measure
from tracker.survey.traits import Trait

pytestmark = [pytest.mark.django_db, pytest.mark.slow(20)]
CELLS = 1000
MAPS = {"ward": 12} | dict.fromkeys(GRIDS, 4)  # of each city
CITATION = Citation("2026q1-1", date(2026, 4, 9), "https://example.org/data/2026q1-1/", ("MLIT",))
LIVE = ("CSV of the map", "the same for Excel", "API", "API as CSV", "drawing in the page", "SVG")
# How often a cell was found and compared. Releases have wards of all months and squares of the
# last; a page of 300 squares lists 250 of them.
COMPARED = dict.fromkeys(LIVE, CELLS) | {"page": 987}
COMPARED |= dict.fromkeys(("CSV for Excel", "JSON", "XLSX", "Parquet"), 247)
COMPARED |= {"CSV": 473, "data package": 473, "GeoJSON": 252}
KNOWN = {13101: (60, 60), 13102: (40, 10), 13103: (7, 7)}  # ward → shops, those that are yes
Drawn = list[tuple[Asked, str]]


@pytest.fixture(scope="module")
def world(made_once: Path) -> Iterator[World]:
    with override_settings(API_RATE_ADDRESS=0):  # no limit
        yield count_the_world()


def drawn_maps() -> Iterator[Asked]:
    """Maps of every city and level; the first is one that every file of a release has."""
    chance = random.Random(5)
    for city in CITY_OF_SLUG:
        for level, maps in MAPS.items():
            for number in range(maps):
                month = LAST - chance.randrange(MONTHS)
                segment = chance.choice((ALL_SEGMENTS, *SEGMENTS[level]))
                if not number:
                    month, segment = LAST, ALL_SEGMENTS
                yield Asked(city, chance.choice(Measure.values), level, month, segment)


def drawn_cells(world: World) -> Drawn:
    """So many of all areas on those maps."""
    cells = [(asked, area) for asked in drawn_maps() for area in sorted(world.figures(asked))]
    return random.Random(6).sample(cells, CELLS)


def release_in(folder: Path) -> Path:
    Writing(folder, table_of(release="2026q1-1", last_month=LAST), CITATION, "", lambda: None).all()
    return folder


def test_a_thousand_cells_are_equal_wherever_they_are_told(
    world: World, client: Client, tmp_path: Path
) -> None:
    files = released(release_in(tmp_path))
    cells = drawn_cells(world)
    compared: Counter[str] = Counter()
    for asked in {asked: None for asked, _area in cells}:
        wanted = world.figures(asked)
        given, pictures = given_by(client, asked.query), shown_by(client, asked.query)
        areas = {name: set(found) for name, found in (given | pictures).items()}
        assert areas.pop("page") <= set(wanted)
        assert areas == {name: set(wanted) for name in LIVE}  # none is missing, none too many
        for area in (area for one, area in cells if one == asked):
            key = key_of(asked, area)
            places = {name: told[key] for name, told in files.items() if key in told}
            places |= {name: found[area] for name, found in given.items()}
            views = {name: found[area] for name, found in pictures.items() if area in found}
            assert places == dict.fromkeys(places, wanted[area]), (asked, area)
            assert views == dict.fromkeys(views, shown(wanted[area])), (asked, area)
            compared.update([*places, *views])
    assert compared == COMPARED


def test_the_cells_drawn_are_of_every_kind(world: World) -> None:
    cells = drawn_cells(world)
    tiers = Counter(world.figures(asked)[area].tier for asked, area in cells)
    assert sorted(tiers) == ["not_surveyed", "reliable", "too_few", "wide"]
    assert min(tiers.values()) > 20
    values = [{asked[key] for asked, _area in cells} for key in range(len(Asked._fields))]
    assert [len(found) for found in values] == [3, len(Measure), 4, 4, 11]


def know(by: User, judge: User) -> None:
    """Shops of some wards, each with a visit that was approved when it was received."""
    for ward, (observed, yes) in KNOWN.items():
        for number in range(observed):
            shop = make_shop(ward=str(ward), grid125=areas_of("tokyo", "grid250")[0] * 10 + 1)
            answers = dict.fromkeys(Trait.values, Answer.NOT_CHECKED.value)
            answers[Trait["ALIPAY"]] = Answer.YES.value if number < yes else Answer.NO.value
            visit = add_visit(shop, by, at=NOON, state=VisitState.APPROVED, **answers)  # type: ignore[arg-type]
            content = {"shop": shop.pk, "outcome": visit.outcome, **answers}
            content["observed_at"] = NOON.isoformat()
            VisitRevision.objects.create(
                visit=visit, number=1, content=content, made_at=NOON, made_by=by
            )
            Decision.objects.create(
                visit=visit, revision=1, from_state=VisitState.SUBMITTED,
                to_state=VisitState.APPROVED, by=judge, at=NOON,
            )  # fmt: skip


@pytest.mark.parametrize("level", ["ward", *GRIDS])
def test_what_was_known_on_a_day_is_equal_too(
    world: World, client: Client, aki: User, mori: User, level: str
) -> None:
    know(aki, mori)
    wanted = {str(ward): figure_of(*KNOWN.get(ward, (0, 0))) for ward in areas_of("tokyo", "ward")}
    if level != "ward":
        whole = [sum(numbers) for numbers in zip(*KNOWN.values(), strict=True)]
        square = areas_of("tokyo", "grid250")[0] // 10 ** GRIDS[::-1].index(level)
        wanted = {str(square): figure_of(*whole)}
    query = f"city=tokyo&measure=alipay&level={level}&month={month_text(LAST)}&as_of=2026-03-14"
    for name, told in given_by(client, query).items():
        assert told == wanted, name
    for name, seen in shown_by(client, query).items():
        assert seen == {area: shown(figure) for area, figure in wanted.items()}, name
