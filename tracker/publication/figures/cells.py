"""The figures of one filter: the one source for page, table, map, file and API."""

from dataclasses import dataclass
from functools import lru_cache

from tracker.adoption.estimation.estimates import Interval, Tier, tier_of, wilson
from tracker.adoption.known import counts_known_at
from tracker.adoption.queries import NO_COUNT, Count, counts_by_area, counts_by_month
from tracker.languages import in_language
from tracker.places.atlas.cities import AREA_NAMES, City, city_of, wards_of
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.places.models import Area
from tracker.places.queries import areas_by_code, wards_in
from tracker.places.squares import squares_of_wards
from tracker.publication.figures.filters import Filter
from tracker.survey.measures import Measure

NAMED_LEVELS = (AreaLevel.CITY, AreaLevel.WARD)
DIGITS = 4  # of shares, in files and in whatever is rounded further
KM_DIVISOR = {AreaLevel.GRID1000: 1, AreaLevel.GRID500: 10, AreaLevel.GRID250: 100}  # to 1 km


@dataclass(frozen=True)
class Cell:
    """One area and what is known of it. Names are empty for squares."""

    level: AreaLevel
    code: int
    name_ja: str
    name_en: str
    name_zh_hans: str
    count: Count

    @property
    def tier(self) -> Tier:
        return _judged(self.count)[0]

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval; None where nothing was observed or too little."""
        return _judged(self.count)[1]

    @property
    def share(self) -> float | None:
        """yes/observed; None where it would mislead."""
        return None if self.interval is None else self.count.yes / self.count.observed

    @property
    def code_text(self) -> str:
        """As JIS writes it: five digits of an area, of which the first may be 0, or a square's."""
        return f"{self.code:05d}"

    def name(self, language: str) -> str:
        """The area's name, or the code of a square."""
        if not self.name_ja:
            return self.code_text
        names = {"ja": self.name_ja, "en": self.name_en, "zh-hans": self.name_zh_hans}
        return in_language({**AREA_NAMES.get(self.code_text, {}), **names}, language)


@lru_cache(maxsize=50_000)
def _judged(count: Count) -> tuple[Tier, Interval | None]:
    """Asked again and again for the columns of one row, and for the same small numbers."""
    tier = tier_of(count.yes, count.observed)
    is_told = tier not in (Tier.NOT_SURVEYED, Tier.TOO_FEW)
    return tier, wilson(count.yes, count.observed) if is_told else None


def cells_of(wanted: Filter) -> list[Cell]:
    """Every ward of the city, or every square with an observed shop, in the order of codes."""
    counts = _counts(wanted)
    if wanted.level != AreaLevel.WARD:
        squares = _squares_of(wanted.city)
        divisor = KM_DIVISOR[wanted.level]
        counts = {code: count for code, count in counts.items() if code // divisor in squares}
    return named_cells(wanted.city, wanted.level, counts)


def named_cells(city: City, level: AreaLevel, counts: dict[int, Count]) -> list[Cell]:
    """The figures of a city's wards, whether or not they have a count; or of the squares given."""
    if level == AreaLevel.WARD:
        return [area_cell(ward, counts.get(int(ward.code), NO_COUNT)) for ward in wards_in(city)]
    return [Cell(level, code, "", "", "", count) for code, count in sorted(counts.items())]


def area_cell(area: Area, count: Count) -> Cell:
    """What is known of a city or a ward."""
    level = AreaLevel.WARD if area.city_id else AreaLevel.CITY
    names = (area.name_ja, area.name_en, area.name_zh_hans)
    return Cell(level, int(area.code), *names, count)


def _counts(wanted: Filter) -> dict[int, Count]:
    """Area → counts as they are, or as they were known on the day that was asked for."""
    if wanted.known_until is not None:
        return counts_known_at(
            moment=wanted.known_until,
            level=wanted.level,
            measure=wanted.measure,
            month=wanted.month,
            segment=wanted.segment,
        )
    return counts_by_area(
        level=wanted.level,
        measure=wanted.measure,
        month=wanted.month,
        segment=wanted.segment,
        areas=_ward_codes(wanted.city) if wanted.level == AreaLevel.WARD else None,
    )


def city_cell(city: City, measure: Measure, month: int, segment: str = ALL_SEGMENTS) -> Cell:
    """The figure of a whole city."""
    code = int(city)
    counts = counts_by_area(
        level=AreaLevel.CITY, measure=measure, month=month, segment=segment, areas=[code]
    )
    return named_city(city, counts.get(code, NO_COUNT))


def city_cells(measure: Measure, month: int, segment: str) -> dict[City, Cell]:
    """The figure of every city, in two statements."""
    counts = counts_by_area(level=AreaLevel.CITY, measure=measure, month=month, segment=segment)
    areas = areas_by_code(City.values)
    return {city: area_cell(areas[city], counts.get(int(city), NO_COUNT)) for city in City}


def named_city(city: City, count: Count) -> Cell:
    return area_cell(areas_by_code([city])[city], count)


def city_series(
    city: City,
    measure: Measure,
    first_month: int,
    last_month: int,
    segment: str = ALL_SEGMENTS,
) -> list[tuple[int, Count]]:
    """Month and counts of a city, for a trend."""
    series = counts_by_month(
        level=AreaLevel.CITY,
        measure=measure,
        area=int(city),
        first_month=first_month,
        last_month=last_month,
        segment=segment,
    )
    return sorted(series.items())


def _ward_codes(city: City) -> list[int]:
    return [int(ward.code) for ward in wards_of(city)]


def _squares_of(city: City) -> set[int]:
    """The 1 km squares that touch the city."""
    return {
        square
        for code, (own, shared) in squares_of_wards().items()
        if city_of(code) == city
        for square in (*own, *shared)
    }
