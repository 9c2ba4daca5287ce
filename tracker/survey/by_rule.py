"""Measures by rule, derived from those that are seen: the same names, told apart. Pure.

What is seen and what follows by rule are two measures that are never merged: docs/method.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from tracker.survey.shapes import (
    ChartStyle,
    Corner,
    MeasureSpec,
    RuleSpec,
    TraitSpec,
    UnionSpec,
    Words,
)

SUFFIX = "_by_rule"
NAMES = {"ja": "{}（規則上）", "zh-hans": "{}（按规则）", "en": "{} (by rule)"}
HELP = {
    "ja": "レジにある経路と、その日に有効だった運営会社の規則から導いた値。経路を質問していない"
    "調査は数えません。",
    "zh-hans": "由收银台上的支付途径和当日有效的运营方规则推出。未询问支付途径的到访不计入。",
    "en": "Derived from the routes seen at the till and the operators’ rules in force on that day. "
    "Visits that did not ask for routes do not count.",
}
DASH = "2 4"
PENTAGON = ((0, -1.3), (1.24, -0.4), (0.76, 1.05), (-0.76, 1.05), (-1.24, -0.4))  # of a dot
PULLED = 0.4  # of the way out from the middle
LAST_NUMBER = 7  # of a measure that is kept for each shop: traits count up, rules down from here


def code_by_rule(code: str) -> str:
    return code + SUFFIX


def rule_specs(traits: Sequence[TraitSpec]) -> tuple[RuleSpec, ...]:
    """One for each trait that rules may give, in their order."""
    return tuple(
        RuleSpec(
            code=code_by_rule(trait.code),
            names=_named(trait.names),
            style=_styled(trait),
            help=HELP,
            trait=trait.code,
            number=LAST_NUMBER - trait.bit,
        )
        for trait in traits
        if trait.has_rules
    )


def unions_by_rule(
    unions: Sequence[UnionSpec], traits: Sequence[TraitSpec]
) -> tuple[UnionSpec, ...]:
    """Those unions of which every trait has rules."""
    return tuple(
        replace(
            union,
            code=code_by_rule(union.code),
            names=_named(union.names),
            style=_styled(union),
            help=HELP,
        )
        for union in unions
        if all(trait.has_rules for trait in traits if union.code in trait.unions)
    )


def parts_of(union: str, traits: Sequence[TraitSpec]) -> tuple[str, ...]:
    """The measures that a union joins: traits, or the same by rule."""
    seen = union.removesuffix(SUFFIX)
    parts: Collection[str] = [trait.code for trait in traits if seen in trait.unions]
    return tuple(map(code_by_rule, parts) if union.endswith(SUFFIX) else parts)


def _named(names: Words) -> Words:
    return {code: NAMES.get(code, NAMES["en"]).format(name) for code, name in names.items()}


def _styled(seen: MeasureSpec) -> ChartStyle:
    """The same colour, another dash, and the sign as a star."""
    return replace(seen.style, dash=DASH, corners=_star(seen.style.corners or PENTAGON))


def _star(corners: tuple[Corner, ...]) -> tuple[Corner, ...]:
    """The shape with the middle of each side pulled in."""
    found: list[Corner] = []
    for place, (x, y) in enumerate(corners):
        next_x, next_y = corners[(place + 1) % len(corners)]
        found += [(x, y), (PULLED * (x + next_x) / 2, PULLED * (y + next_y) / 2)]
    return tuple(found)
