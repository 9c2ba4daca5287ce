"""What was answered, beside what was answered before and by others. Pure."""

from itertools import pairwise

from tracker.moderation.triage.facts import ANSWERED, SIDES, UNSURE, Facts, Finding, Record
from tracker.moderation.triage.table import weight_of
from tracker.survey.specs import TRAITS

DAY_S = 86_400.0
CONFLICT_DAYS = 14
YEAR_DAYS = 365
FLIPS = 3
CHAIN_SHARE, CHAIN_SHOPS = 0.9, 10
DUPLICATE_M = 40


def all_unsure(facts: Facts) -> Finding | None:
    answers = facts.entry.answers
    if not answers or set(answers) != {UNSURE}:
        return None
    return Finding("all_unsure", len(answers), len(answers), weight_of("all_unsure"), {})


def _sides(records: list[Record], trait: int) -> list[Record]:
    """Those that say yes or no to the trait."""
    return [one for one in records if one.outcome == ANSWERED and one.answers[trait] in SIDES]


def conflict(facts: Facts) -> Finding | None:
    """Another worker said the opposite within two weeks; the nearest in time is named."""
    entry = facts.entry
    if entry.outcome != ANSWERED:
        return None
    others = [
        one
        for one in facts.shop
        if one.worker != entry.worker
        and one.state != "rejected"
        and abs(entry.at - one.at) <= CONFLICT_DAYS * DAY_S
    ]
    found = [
        (abs(entry.at - one.at) / DAY_S, trait)
        for trait, answer in enumerate(entry.answers)
        if answer in SIDES
        for one in _sides(others, trait)[-1:]
        if one.answers[trait] != answer
    ]
    if not found:
        return None
    days, trait = min(found)
    about: dict[str, str | int | float] = {"trait": TRAITS[trait], "traits": len(found)}
    return Finding("conflict", days, CONFLICT_DAYS, weight_of("conflict"), about)


def flip_flop(facts: Facts) -> Finding | None:
    """The third change of a trait within a year, counting this one."""
    entry = facts.entry
    if entry.outcome != ANSWERED:
        return None
    approved = [
        one
        for one in facts.shop
        if one.state == "approved" and 0 <= entry.at - one.at <= YEAR_DAYS * DAY_S
    ]
    for trait, answer in enumerate(entry.answers):
        said = [one.answers[trait] for one in _sides(approved, trait)] + [answer]
        changes = sum(one != other for one, other in pairwise(said))
        if answer in SIDES and len(said) > 1 and said[-2] != answer and changes >= FLIPS:
            return Finding(
                "flip_flop", changes, FLIPS, weight_of("flip_flop"), {"trait": TRAITS[trait]}
            )
    return None


def changed(facts: Facts) -> Finding | None:
    """How many answers differ from the last approved ones. Raises the order only."""
    entry = facts.entry
    if entry.outcome != ANSWERED:
        return None
    approved = [one for one in facts.shop if one.state == "approved" and one.at <= entry.at]
    differing = sum(
        said[-1].answers[trait] != answer
        for trait, answer in enumerate(entry.answers)
        if answer in SIDES and (said := _sides(approved, trait))
    )
    if not differing:
        return None
    return Finding("changed", differing, 0, weight_of("changed"), {})


def chain(facts: Facts) -> Finding | None:
    """Nine in ten shops of the chain answered otherwise. Information only."""
    for said in facts.chains:
        if said.n >= CHAIN_SHOPS and said.alike >= CHAIN_SHARE * said.n:
            about: dict[str, str | int | float] = {"n": said.n, "trait": TRAITS[said.trait]}
            return Finding("chain", said.alike, CHAIN_SHARE * said.n, weight_of("chain"), about)
    return None


def twin_shop(facts: Facts) -> Finding | None:
    """A new shop beside one with nearly the same name."""
    if not facts.is_new_shop or not facts.duplicates:
        return None
    duplicate = min(facts.duplicates, key=lambda one: (one.metres, one.shop))
    about: dict[str, str | int | float] = {"name": duplicate.name, "shop": duplicate.shop}
    return Finding("twin_shop", duplicate.metres, DUPLICATE_M, weight_of("twin_shop"), about)
