"""What the rules say of a visit: its routes and its moment in, wallets by rule out. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple


class RouteRule(NamedTuple):
    """A route gives a measure from `begins` to before `ends`; None: for ever."""

    bit: int  # of the route, see survey/routes.py
    measure: str
    begins: datetime
    ends: datetime | None

    def gives(self, routes: int, at: datetime) -> bool:
        is_in_force = self.begins <= at and (self.ends is None or at < self.ends)
        return is_in_force and bool(routes & self.bit)


class Rulebook(NamedTuple):
    """Measure by rule → its rules. Of a measure without any rule nothing is known."""

    rules: Mapping[str, tuple[RouteRule, ...]]

    def says(self, routes: int | None, at: datetime) -> dict[str, bool]:
        """Measure → whether a customer can pay by rule; nothing where routes were not asked."""
        if routes is None:
            return {}
        return {
            measure: any(rule.gives(routes, at) for rule in rules)
            for measure, rules in self.rules.items()
        }


def rulebook_of(rules: Iterable[RouteRule]) -> Rulebook:
    """The rules by their measure, in the order given."""
    found: dict[str, tuple[RouteRule, ...]] = {}
    for rule in rules:
        found[rule.measure] = (*found.get(rule.measure, ()), rule)
    return Rulebook(found)


NO_RULES = Rulebook({})
