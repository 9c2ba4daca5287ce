"""When, how quickly, and how one got there: travel, bursts, batches, night, clock. Pure."""

from tracker.moderation.triage.arithmetic import metres, tokyo_hour
from tracker.moderation.triage.facts import ANSWERED, Facts, Finding, Record, apart
from tracker.moderation.triage.table import weight_of

CITY_KMH, RIDE_KMH, EXPRESS_KMH = 40, 80, 300
EXPRESS_M = 60_000  # from so far on one comes by express train or by air
SHOP_M = 50  # two doors may be nearer to each other than the two points on the map
KMH_PER_MPS = 3.6
QUICK_S = 6
BURST_ENTRIES, BURST_S = 4, 180
WALK_MPS, WALK_S, WALK_M = 3.0, 600, 1000
BATCH_ENTRIES, BATCH_S = 3, 600
ONE_PLACE_M, APART_M = 60, 150
MORNING = 6
CLOCK_S = 300


def previous(facts: Facts) -> Record | None:
    """The worker's last entry before this one, by time of observation."""
    earlier = [one for one in facts.own if one.at <= facts.entry.at and one.has_time]
    return earlier[-1] if earlier and facts.entry.has_time else None


def _way(facts: Facts) -> tuple[float, float] | None:
    """Metres from the shop before that are beyond doubt, and the most seconds it can have taken."""
    before = previous(facts)
    if before is None:
        return None
    seconds = facts.entry.at - before.at + max(before.slack, facts.entry.slack)
    return max(0.0, apart(before, facts.entry) - SHOP_M), seconds


def travel(facts: Facts) -> Finding | None:
    """Faster from shop to shop than anybody goes."""
    way = _way(facts)
    if way is None:
        return None
    away, seconds = way
    speed = away / seconds * KMH_PER_MPS
    limit, strong = (CITY_KMH, RIDE_KMH) if away < EXPRESS_M else (EXPRESS_KMH, EXPRESS_KMH)
    if speed <= limit:
        return None
    weight = weight_of("travel", is_strong=speed > strong)
    return Finding("travel", speed, limit, weight, {"metres": round(away)})


def fast(facts: Facts) -> Finding | None:
    """Quicker than anybody reads the questions, or than half of the quickest tenth of peers."""
    entry = facts.entry
    limit = max(QUICK_S, (facts.quick_s or 0) / 2)
    if entry.outcome != ANSWERED or entry.seconds is None or entry.seconds >= limit:
        return None
    return Finding("fast", entry.seconds, limit, weight_of("fast"), {})


def burst(facts: Facts) -> Finding | None:
    """More entries within three minutes than doors can be done."""
    entry = facts.entry
    if not entry.has_time or not entry.is_app:
        return None
    close = [one for one in facts.own if 0 <= entry.at - one.at <= BURST_S and one.has_time]
    number = len(close) + 1
    if number <= BURST_ENTRIES:
        return None
    reach = round(max(apart(one, entry) for one in close))
    about: dict[str, str | int | float] = {"seconds": BURST_S, "metres": reach}
    return Finding("burst", number, BURST_ENTRIES, weight_of("burst"), about)


def walk(facts: Facts) -> Finding | None:
    """Quicker from shop to shop than on foot, over a way that nobody rides."""
    way = _way(facts)
    if way is None or way[0] > WALK_M or way[1] > WALK_S or burst(facts):
        return None
    away, seconds = way
    speed = away / seconds
    if speed <= WALK_MPS or speed * KMH_PER_MPS > CITY_KMH:
        return None  # slow enough, or travel says it
    return Finding("walk", speed, WALK_MPS, weight_of("walk"), {"metres": round(away)})


def batch(facts: Facts) -> Finding | None:
    """Several entries finished at one place within minutes, though their shops lie apart."""
    entry = facts.entry
    if not entry.fixes or not entry.has_time:
        return None
    here = entry.fixes[0]
    together = [
        one
        for one in facts.own
        if 0 <= entry.at - one.at <= BATCH_S
        and one.fixes
        and metres(one.fixes[0].lat_e7, one.fixes[0].lon_e7, here.lat_e7, here.lon_e7)
        <= ONE_PLACE_M
    ]
    number = len(together) + 1
    if number <= BATCH_ENTRIES:
        return None
    reach = max(apart(one, other) for one in [*together, entry] for other in [*together, entry])
    if reach <= APART_M:
        return None
    return Finding("batch", number, BATCH_ENTRIES, weight_of("batch"), {"metres": round(reach)})


def night(facts: Facts) -> Finding | None:
    hour = tokyo_hour(facts.entry.at)
    if hour >= MORNING or facts.entry.place.segment == "convenience":
        return None
    return Finding("night", hour, MORNING, weight_of("night"), {})


def clock(facts: Facts) -> Finding | None:
    offset = facts.entry.offset_s
    if offset is None or abs(offset) <= CLOCK_S:
        return None
    return Finding("clock", abs(offset), CLOCK_S, weight_of("clock"), {})
