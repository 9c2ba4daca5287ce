"""Two figures of one area side by side, of two months or two measures, and their difference."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.adoption.estimation.comparison import Overlap, ShareDifference, overlap_difference
from tracker.adoption.estimation.estimates import Tier
from tracker.adoption.estimation.transitions import Transitions, transitions_in
from tracker.adoption.overlaps import overlaps_by_level
from tracker.adoption.queries import Count
from tracker.adoption.statuses import Look
from tracker.places.kinds import AreaLevel
from tracker.publication.figures.cells import Cell, named_cells, named_city
from tracker.publication.figures.questions import Question

NOBODY = Overlap()


@dataclass(frozen=True)
class Contrast:
    """An area's figure before and after, and its shops by both statuses.

    In a comparison of measures “before” is the measure beside, “after” the one asked for.
    """

    before: Cell
    after: Cell
    overlap: Overlap

    @property
    def tier(self) -> Tier:
        """The weaker of the two figures' tiers."""
        order = list(Tier)
        return max(self.before.tier, self.after.tier, key=order.index)

    @property
    def difference(self) -> ShareDifference | None:
        """After − before with its interval; None where one of the two shares is not shown."""
        if self.before.share is None or self.after.share is None:
            return None
        return overlap_difference(self.overlap)

    @property
    def transitions(self) -> Transitions | None:
        """The shops by what became of them; None where one of the two shares is not shown."""
        return None if self.difference is None else transitions_in(self.overlap)


@dataclass(frozen=True)
class Contrasts:
    """The whole city, and its areas in the order of their codes."""

    city: Contrast
    areas: list[Contrast]


def has_clear_sign(difference: ShareDifference) -> bool:
    """Whether 0 lies outside the interval."""
    return difference.low > 0 or difference.high < 0


def contrasts_of(question: Question) -> Contrasts:
    """What a comparison or a change shows. ValueError for a question about one figure only."""
    shown = question.shown
    before = _look_before(question)
    found = overlaps_by_level(
        city=shown.city,
        levels=(AreaLevel.CITY, shown.level),
        before=before,
        after=Look(shown.measure.value, shown.month),
        segment=shown.segment,
    )
    whole = found[AreaLevel.CITY].get(int(shown.city), NOBODY)
    sides = (named_city(shown.city, _before(whole)), named_city(shown.city, _after(whole)))
    return Contrasts(Contrast(*sides, whole), _areas(question, found[shown.level]))


def _areas(question: Question, overlaps: dict[int, Overlap]) -> list[Contrast]:
    place = (question.shown.city, question.shown.level)
    befores = named_cells(*place, {code: _before(one) for code, one in overlaps.items()})
    afters = named_cells(*place, {code: _after(one) for code, one in overlaps.items()})
    return [
        Contrast(before, after, overlaps.get(before.code, NOBODY))
        for before, after in zip(befores, afters, strict=True)
    ]


def _look_before(question: Question) -> Look:
    if question.other is not None:
        return Look(question.other.value, question.shown.month)
    if question.since is not None:
        return Look(question.shown.measure.value, question.since)
    raise ValueError(f"nothing to compare with: {question.query}")


def _before(overlap: Overlap) -> Count:
    return Count(overlap.observed_before, overlap.yes_before)


def _after(overlap: Overlap) -> Count:
    return Count(overlap.observed_after, overlap.yes_after)


def largest_first(contrasts: Iterable[Contrast]) -> list[Contrast]:
    """By difference, the largest gain first; those without one at the end, by code."""
    return sorted(
        contrasts,
        key=lambda one: (
            one.difference is None,
            -one.difference.value if one.difference else 0.0,
            one.after.code,
        ),
    )
