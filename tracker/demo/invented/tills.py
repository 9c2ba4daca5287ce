"""What is at the till of invented shops. Pure."""

from collections.abc import Mapping
from random import Random

from tracker.survey.answers import Answer
from tracker.survey.route_specs import ROUTE_SPECS
from tracker.survey.routes import NOTHING_SEEN, Route, Routes
from tracker.survey.traits import Trait


def invent_till(rng: Random) -> Routes:
    """The domestic routes of one shop, the same at every visit; of one brand a code or a reader."""
    drawn = {spec.code for spec in ROUTE_SPECS if rng.random() < spec.invented_share}
    if Route["PAYPAY_CODE"] in drawn:
        drawn.discard(Route["PAYPAY_READER"])
    return tuple(route for route in Route if route in drawn)


def seen_at(till: Routes, answers: Mapping[Trait, Answer]) -> Routes:
    """What a worker finds there: the till, and the marks of what was answered with yes."""
    marks = {
        spec.code
        for spec in ROUTE_SPECS
        if spec.mark_of and answers[Trait(spec.mark_of)] == Answer.YES
    }
    return tuple(route for route in Route if route in till or route in marks) or (NOTHING_SEEN,)
