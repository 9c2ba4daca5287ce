"""What a simulated worker sends, and how it looks to the rules. Pure."""

from dataclasses import dataclass, replace

from tracker.demo.simulated.town import Front
from tracker.moderation.triage.facts import EntryPlace, Record
from tracker.places.grid import Fix


@dataclass(frozen=True)
class Shot:
    """A photo: the picture it shows, and what was done to it before it was sent."""

    picture: int
    change: str = ""  # "", resaved, cropped, mirrored


@dataclass(frozen=True)
class Draft:
    """One entry to be. Moments are seconds since 1970."""

    worker: int
    front: Front
    at: float
    received: float
    outcome: str
    answers: tuple[str, ...]
    evidence: str = ""
    note: str = ""
    fixes: tuple[Fix, ...] = ()
    seconds: float = 10.0
    offset_s: float = 0.0
    shot: Shot | None = None
    no_photo: str = ""
    is_made_up: bool = False


def record_of(draft: Draft, *, key: int, state: str = "submitted") -> Record:
    """The draft as the rules see it once it is stored."""
    front = draft.front
    return Record(
        key=key,
        worker=draft.worker,
        place=EntryPlace(
            front.number, front.lat_e7, front.lon_e7, front.ward, front.segment.value, front.brand
        ),
        at=draft.at,
        received=draft.received,
        outcome=draft.outcome,
        answers=draft.answers,
        evidence=draft.evidence,
        fixes=draft.fixes,
        seconds=draft.seconds,
        offset_s=draft.offset_s,
        is_app=True,
        has_note=bool(draft.note),
        photos=int(draft.shot is not None),
        declared=int(draft.shot is not None),
        no_photo=draft.no_photo,
        state=state,
    )


def moved(draft: Draft, *, at: float, received: float) -> Draft:
    return replace(draft, at=at, received=received)
