"""Where the phone was: off site, poor, missing or frozen. Pure."""

from tracker.moderation.triage.arithmetic import metres
from tracker.moderation.triage.facts import Facts, Finding, Record
from tracker.moderation.triage.table import weight_of
from tracker.places.grid import Fix

FAR_M, VERY_FAR_M = 60, 500
POOR_M = 100
PIN_M = 80  # others who are off by so little from here are off the same way
FROZEN_SHOPS = 3
FROZEN_ACCURACIES = 20  # fixes in a row with one accuracy
SIDE_BY_SIDE_M = 100  # so near a repeated position is the right one all the same
SIX_DIGITS = 10  # 1e-7 degrees in one unit of the sixth digit


def far(facts: Facts) -> Finding | None:
    """Too far from the shop by the nearer of two fixes, accuracy subtracted."""
    off = facts.entry.off()
    if off is None or off <= FAR_M:
        return None
    weight = weight_of("far", is_strong=off > VERY_FAR_M)
    is_pin = any(_is_off_alike(other, facts.entry) for other in facts.shop)
    if is_pin:
        weight = weight_of("far") / 2
    return Finding("far", off, FAR_M, weight, {"others_too": int(is_pin)})


def _is_off_alike(other: Record, entry: Record) -> bool:
    """Whether another worker was off, too, and at the same place."""
    off = other.off()
    if other.worker == entry.worker or off is None or off <= FAR_M:
        return False
    return any(
        metres(one.lat_e7, one.lon_e7, two.lat_e7, two.lon_e7) <= PIN_M
        for one in other.fixes
        for two in entry.fixes
    )


def gps_poor(facts: Facts) -> Finding | None:
    known = [fix.accuracy_m for fix in facts.entry.fixes if fix.accuracy_m is not None]
    if not known or min(known) <= POOR_M:
        return None
    return Finding("gps_poor", min(known), POOR_M, weight_of("gps_poor"), {})


def no_gps(facts: Facts) -> Finding | None:
    if facts.entry.fixes:
        return None
    return Finding("no_gps", 0, 1, weight_of("no_gps"), {})


def _six_digits(spot: Fix) -> tuple[int, int]:
    return spot.lat_e7 // SIX_DIGITS, spot.lon_e7 // SIX_DIGITS


def frozen(facts: Facts) -> Finding | None:
    """The very same coordinates at several shops."""
    entry = facts.entry
    if not entry.fixes:
        return None
    here = {_six_digits(fix) for fix in entry.fixes}
    alike = [one for one in facts.own if here & {_six_digits(fix) for fix in one.fixes}]
    shops = {one.place.shop: one.place for one in [*alike, entry]}
    if len(shops) < FROZEN_SHOPS:
        return None
    fix = entry.fixes[0]
    reach = max(metres(fix.lat_e7, fix.lon_e7, p.lat_e7, p.lon_e7) for p in shops.values())
    weight = weight_of("frozen", is_strong=reach > SIDE_BY_SIDE_M)
    return Finding("frozen", len(shops), FROZEN_SHOPS, weight, {"metres": round(reach)})


def accuracy(facts: Facts) -> Finding | None:
    """An accuracy of zero, or one that never changes; not where the position says it already."""
    entry = facts.entry
    if not entry.fixes or frozen(facts):
        return None
    said = entry.fixes[0].accuracy_m
    if said == 0:
        return Finding("accuracy", 1, 1, weight_of("accuracy"), {"accuracy": 0})
    last = [one.fixes[0].accuracy_m for one in facts.own if one.fixes][-(FROZEN_ACCURACIES - 1) :]
    row = [*last, said]
    if said is None or len(row) < FROZEN_ACCURACIES or len(set(row)) > 1:
        return None
    weight = weight_of("accuracy")
    return Finding("accuracy", len(row), FROZEN_ACCURACIES, weight, {"accuracy": said})
