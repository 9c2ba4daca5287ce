"""What a person looks at, and what is approved by rule. Pure; every rate stands in one table."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.moderation.kinds import ReviewReason

PRIOR_REVIEWS = 20  # a worker nobody knows yet counts like one with a twentieth sent back
SHARE_PER_RETURN = 2.0  # reviewed share per returned share: 5 % sent back, 10 % looked at
SPAN = 2**64


@dataclass(frozen=True)
class RateKind:
    """One setting: what it is where nobody has set it, and the range it may have."""

    default: float
    low: float
    high: float
    title: Promise


RATES: dict[str, RateKind] = {
    "first_entries": RateKind(
        30, 0, 1000, _("Number of a worker’s first entries that are all reviewed")
    ),
    "share": RateKind(0.10, 0, 1, _("Random review rate for a new worker")),
    "share_least": RateKind(0.05, 0, 1, _("Minimum review rate")),
    "share_most": RateKind(0.50, 0, 1, _("Maximum review rate")),
    "rule": RateKind(1, 0, 1, _("Auto-approve entries not sampled (1 on, 0 off)")),
    "second_visits": RateKind(0.05, 0, 1, _("Share of approved visits that are re-interviewed")),
    "second_looks": RateKind(0.02, 0, 1, _("Share of decisions followed by a re-review")),
}


def out_of_range(kind: RateKind) -> str:
    """Why a value is refused, for people."""
    return gettext("This setting lies between %(low)s and %(high)s.") % {
        "low": kind.low,
        "high": kind.high,
    }


@dataclass(frozen=True)
class Rates:
    """The settings in force."""

    first_entries: int
    share: float
    share_least: float
    share_most: float
    is_rule_on: bool
    second_visits: float
    re_reviews: float


def rates_from(values: Mapping[str, float]) -> Rates:
    """The settings with the defaults where none was made."""
    known = {key: values.get(key, kind.default) for key, kind in RATES.items()}
    return Rates(
        first_entries=int(known["first_entries"]),
        share=known["share"],
        share_least=known["share_least"],
        share_most=known["share_most"],
        is_rule_on=known["rule"] >= 1,
        second_visits=known["second_visits"],
        re_reviews=known["second_looks"],
    )


def share_of(rates: Rates, *, reviewed: int, sent_back: int) -> float:
    """The share drawn of a worker with so many entries judged by people, so many not believed.

    Twice the share sent back, leaning on `rates.share` while little is known.
    """
    if not rates.is_rule_on:
        return 1.0
    prior = PRIOR_REVIEWS * rates.share / SHARE_PER_RETURN
    share = SHARE_PER_RETURN * (sent_back + prior) / (reviewed + PRIOR_REVIEWS)
    return min(max(share, rates.share_least), rates.share_most)


def random_draw_of(uuid: UUID, revision: int, *, key: bytes) -> float:
    """A number from 0 up to 1 that nobody without the key can foresee; the same every time."""
    text = f"{uuid}:{revision}".encode()
    digest = hmac.new(key, text, hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") / SPAN


def review_reason_of(
    rates: Rates, *, number: int, score: float, revision: int, random_draw: float, share: float
) -> ReviewReason:
    """Why an entry is looked at; RULE where it is not. `number`: the worker's ordinal."""
    if number <= rates.first_entries:
        return ReviewReason.NEW_WORKER
    if score > 0:
        return ReviewReason.FLAGGED
    if revision > 1:
        return ReviewReason.AGAIN
    if random_draw < share:
        return ReviewReason.RANDOM
    return ReviewReason.RULE
