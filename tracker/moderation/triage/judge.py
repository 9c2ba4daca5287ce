"""All rules over one entry, and what they add up to. Pure: the same facts, the same flags."""

from collections.abc import Callable, Sequence

from tracker.moderation.kinds import Priority
from tracker.moderation.triage import answers, pace, pictures, place
from tracker.moderation.triage.facts import Facts, Finding
from tracker.moderation.triage.table import FLAGS, weight_of

Rule = Callable[[Facts], Finding | None]
RULES: tuple[Rule, ...] = (
    place.far,
    place.gps_poor,
    place.no_gps,
    place.frozen,
    place.accuracy,
    pace.travel,
    pace.fast,
    pace.burst,
    pace.walk,
    pace.batch,
    pace.night,
    pictures.photo_same,
    pictures.photo_near,
    pictures.photo_missing,
    pictures.photo_late,
    answers.all_unsure,
    answers.flip_flop,
    answers.conflict,
    answers.twin_shop,
    pace.clock,
    answers.chain,
    answers.changed,
)
HIGH_SCORE = 2.0  # one strong reason, or several


def findings_of(facts: Facts, *, first_entries: int) -> list[Finding]:
    """Every flag of the entry, in the order of the table."""
    found = [finding for rule in RULES if (finding := rule(facts)) is not None]
    found += [
        Finding(one.code, one.number, one.limit, weight_of(one.code), one.facts)
        for one in facts.worker
    ]
    if facts.number <= first_entries:
        weight = weight_of("new_worker")
        found.append(Finding("new_worker", facts.number, first_entries, weight, {}))
    order = list(FLAGS)
    return sorted(found, key=lambda finding: order.index(finding.code))


def score_of(findings: Sequence[Finding]) -> float:
    """The sum of the weights."""
    return sum(finding.weight for finding in findings)


def priority_of(findings: Sequence[Finding]) -> Priority:
    """How closely to look: high from one strong reason on, or from several."""
    score = score_of(findings)
    if score >= HIGH_SCORE:
        return Priority.HIGH
    if score > 0 or any(FLAGS[finding.code].raises_order for finding in findings):
        return Priority.MEDIUM
    return Priority.LOW
