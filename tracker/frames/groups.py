"""Groups of the Economic Census that can honestly be compared with our segments. Pure.

The census counts by JSIC (Rev. 13). Eating places are one group there and two segments here;
drugstores, cosmetics and much else are one group there: such groups are compared as wholes.
Convenience stores and department stores have no group of their own in the 500 m counts, and
electronics (593) are only counted there together with cars (591) and bicycles (592), which are most
of JSIC 59: that file has no electronics.
"""

from typing import NamedTuple

from tracker.places.kinds import Segment


class FrameGroup(NamedTuple):
    """Segments that are counted together, their JSIC codes, and the columns of the 500 m file.

    Without columns the file tells nothing of the group.
    """

    segments: frozenset[str]
    jsic: tuple[str, ...]
    columns: tuple[str, ...]


GROUPS = {
    "eating": FrameGroup(
        frozenset({Segment.RESTAURANT.value, Segment.CAFE.value}),
        ("76", "77"),
        ("food_est", "takeout_est"),
    ),
    "hotel": FrameGroup(frozenset({Segment.HOTEL.value}), ("75",), ("hotel_est",)),
    "food": FrameGroup(
        frozenset({Segment.FOOD_SOUVENIR.value, Segment.CONVENIENCE.value}),
        ("58",),
        ("grocery_est",),
    ),
    "fashion": FrameGroup(frozenset({Segment.FASHION.value}), ("57",), ("apparel_est",)),
    "electronics": FrameGroup(frozenset({Segment.ELECTRONICS.value}), ("593",), ()),
}


def group_of_segment(segment: str) -> str | None:
    """The group a segment belongs to; None where the census has no honest counterpart."""
    return next((name for name, group in GROUPS.items() if segment in group.segments), None)


def group_of_jsic(code: str) -> str | None:
    """The group of a JSIC code as the table above writes it: None for others, parts of one too."""
    return next((name for name, group in GROUPS.items() if code in group.jsic), None)
