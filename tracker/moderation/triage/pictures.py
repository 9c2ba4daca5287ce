"""What a photo tells: used before, looks used before, missing, late. Pure."""

from tracker.moderation.triage.album import ALIKE
from tracker.moderation.triage.facts import ANSWERED, Facts, Finding
from tracker.moderation.triage.table import weight_of

SAME_LIMIT = 1  # entries that may have a photo


def photo_same(facts: Facts) -> Finding | None:
    """The same file or the same pixels came with another entry; at another shop it is strong."""
    same = [match for match in facts.matches if match.is_exact]
    if not same:
        return None
    elsewhere = [match for match in same if match.shop != facts.entry.place.shop]
    first = (elsewhere or same)[0]
    weight = weight_of("photo_same", is_strong=bool(elsewhere))
    return Finding("photo_same", len(same) + 1, SAME_LIMIT, weight, {"visit": first.visit})


def photo_near(facts: Facts) -> Finding | None:
    """It looks like the photo of an entry of another shop, mirrored or cropped too."""
    near = [
        match
        for match in facts.matches
        if not match.is_exact and match.shop != facts.entry.place.shop and match.alike >= ALIKE
    ]
    if not near:
        return None
    best = max(near, key=lambda match: (match.alike, -match.visit))
    about: dict[str, str | int | float] = {"visit": best.visit, "how": best.how}
    weight = weight_of("photo_near")
    return Finding("photo_near", 100 * best.alike, 100 * ALIKE, weight, about)


def photo_missing(facts: Facts) -> Finding | None:
    """The phone asked for one; there is none and no reason."""
    entry = facts.entry
    if not facts.is_photo_due or entry.outcome != ANSWERED:
        return None
    if entry.photos or entry.declared or entry.no_photo:
        return None
    return Finding("photo_missing", 0, 1, weight_of("photo_missing"), {})


def photo_late(facts: Facts) -> Finding | None:
    entry = facts.entry
    if not facts.is_overdue:
        return None
    return Finding("photo_late", entry.photos, entry.declared, weight_of("photo_late"), {})
