"""A seeded town of any size: shops on real squares, visits of five years. Invented, of course."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from tracker.places.atlas.cities import city_of
from tracker.places.kinds import Segment
from tracker.places.squares import squares_of_wards
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome

Ints = np.ndarray[Any, np.dtype[np.int64]]

FIRST = int(datetime(2021, 6, 30, 15, tzinfo=UTC).timestamp())  # July begins in Tokyo
DAYS = 1826  # 60 months
SEGMENTS = np.array(Segment.values)
OUTCOMES = np.array(Outcome.values)
ANSWERS = np.array(Answer.values)
OUTCOME_SHARES = [0.90, 0.03, 0.02, 0.02, 0.02, 0.01]
ANSWER_SHARES = [0.40, 0.45, 0.05, 0.10]
UNRESOLVED = 0.01  # shops whose ward is not known


@dataclass(frozen=True)
class Town:
    """Columns of shops (ids 1…) and of visits (ids 1…), all of equal length each."""

    segment: Ints  # index into SEGMENTS
    ward: Ints  # JIS code, 0 where not known
    city: Ints
    grid125: Ints
    shop: Ints  # of each visit
    observed: Ints  # microseconds since 1970
    received: Ints
    outcome: Ints  # index into OUTCOMES
    answers: list[Ints]  # per trait, index into ANSWERS


def town(*, shops: int, visits: int, seed: int = 5) -> Town:
    """`visits` approved visits of `shops` shops; the same seed gives the same town."""
    draw = np.random.default_rng(seed)
    places = [
        (int(code), square)
        for code, (own, _shared) in sorted(squares_of_wards().items())
        for square in own
    ]
    draw.shuffle(places)
    weights = 1 / np.arange(1, len(places) + 1) ** 0.6
    at = draw.choice(len(places), size=shops, p=weights / weights.sum())
    wards = np.array([ward for ward, _square in places])[at]
    cities = {ward: int(city_of(f"{ward:05d}")) for ward, _square in places}
    digits = draw.integers(1, 5, (3, shops))
    squares = np.array([square for _ward, square in places])[at]
    observed = (FIRST + draw.integers(0, DAYS * 86400, visits)) * 1_000_000
    outcome = draw.choice(len(OUTCOMES), visits, p=OUTCOME_SHARES)
    never = ANSWERS.tolist().index(Answer.NOT_CHECKED)
    answered = outcome == OUTCOMES.tolist().index(Outcome.ANSWERED)
    return Town(
        segment=draw.integers(0, len(SEGMENTS), shops),
        ward=np.where(draw.random(shops) < UNRESOLVED, 0, wards),
        city=np.array([cities[ward] for ward in wards.tolist()]),
        grid125=squares * 1000 + digits[0] * 100 + digits[1] * 10 + digits[2],
        shop=draw.integers(1, shops + 1, visits),
        observed=observed,
        received=observed + draw.integers(0, 86_400_000_000, visits),
        outcome=outcome,
        answers=[
            np.where(answered, draw.choice(len(ANSWERS), visits, p=ANSWER_SHARES), never)
            for _trait in range(3)
        ],
    )


def moments(microseconds: Ints) -> Iterator[str]:
    """UTC moments as both databases read them."""
    return (text.replace("T", " ") for text in microseconds.astype("M8[us]").astype(str).tolist())
