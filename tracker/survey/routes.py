"""The routes as choices, and as one whole number."""

from django.db.models import TextChoices

from tracker.languages import in_language_lazy
from tracker.survey.route_specs import NOTHING_SPEC, ROUTE_SPECS, SEEN_SPECS
from tracker.survey.shapes import check_routes
from tracker.survey.specs import TRAITS

check_routes(ROUTE_SPECS, TRAITS)
BITS = {spec.code: 1 << spec.bit for spec in ROUTE_SPECS}
ALL_BITS = (1 << len(ROUTE_SPECS)) - 1


class Route(TextChoices):
    """What may be chosen: the last one stands alone. The label is in the reader's language."""

    _ignore_ = ["members", "one"]
    members = vars()
    for one in SEEN_SPECS:
        members[one.code.upper()] = one.code, in_language_lazy(one.names)


NOTHING_SEEN = Route(NOTHING_SPEC.code)
Routes = tuple[Route, ...]  # in the order of the list; none at all: not asked


def bits_of(routes: Routes) -> int | None:
    """As a column keeps them: None where they were not asked, 0 where nothing was seen."""
    return sum(BITS.get(route, 0) for route in routes) if routes else None


def routes_in(bits: int | None) -> Routes:
    """What `bits_of` made."""
    if bits is None:
        return ()
    return tuple(Route(code) for code, bit in BITS.items() if bits & bit) or (NOTHING_SEEN,)
