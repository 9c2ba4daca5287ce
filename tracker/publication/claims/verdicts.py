"""What the observed shops say of a claim about their share. It reads no database."""

from collections.abc import Iterable
from math import ceil

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tracker.adoption.estimation.estimates import Tier, tier_of
from tracker.adoption.firsts import Firsts
from tracker.intervals import Z95, wilson

UNTOLD = (Tier.NOT_SURVEYED, Tier.TOO_FEW)
MOST_WANTED = 1_000_000  # more shops than there are: nobody could look at them all


class ClaimVerdict(TextChoices):
    SUPPORTED = "supported", _("Supported")
    NOT_SUPPORTED = "not_supported", _("Not supported")
    CANNOT_SAY = "cannot_say", _("No verdict yet")


def verdict_of(yes: int, observed: int, *, at_least: float) -> ClaimVerdict:
    """Whether a share of `at_least` (0 to 1) is reached, by the whole of the 95 % interval.

    Where the interval holds the limit, or there is none to show, nothing can be said.
    """
    if tier_of(yes, observed) in UNTOLD:
        return ClaimVerdict.CANNOT_SAY
    interval = wilson(yes, observed)
    if interval.low >= at_least:
        return ClaimVerdict.SUPPORTED
    return ClaimVerdict.NOT_SUPPORTED if interval.high < at_least else ClaimVerdict.CANNOT_SAY


def first_verdict(found: Firsts) -> ClaimVerdict:
    """Whether it can be said which of the observed shops accepted first.

    Only where one alone is earliest, and was seen to change: whoever said yes at the first visit
    may have done so for years.
    """
    is_known = len(found.earliest) == 1 and found.earliest[0].was_no
    return ClaimVerdict.SUPPORTED if is_known else ClaimVerdict.CANNOT_SAY


def together(verdicts: Iterable[ClaimVerdict]) -> ClaimVerdict:
    """Of several places: it holds where it holds in each, and fails where it fails in one."""
    found = set(verdicts)
    if ClaimVerdict.NOT_SUPPORTED in found:
        return ClaimVerdict.NOT_SUPPORTED
    return ClaimVerdict.SUPPORTED if found == {ClaimVerdict.SUPPORTED} else ClaimVerdict.CANNOT_SAY


def shops_wanted(yes: int, observed: int, *, at_least: float) -> int | None:
    """How many shops, those observed among them, would settle it if their share stayed as it is.

    Wilson's interval is the score test turned round: it leaves the limit t out once
    n > z² t(1−t) / (p−t)² (Wilson 1927, JASA 22:209–212). None where no share is known, or where
    more than a million were needed.
    """
    if observed == 0:
        return None
    share = yes / observed
    gap = (share - at_least) ** 2
    if gap * MOST_WANTED <= Z95**2 * at_least * (1 - at_least):
        return None
    wanted = max(1, ceil(Z95**2 * at_least * (1 - at_least) / gap))
    while verdict_of(round(share * wanted), wanted, at_least=at_least) is ClaimVerdict.CANNOT_SAY:
        wanted += max(1, wanted // 50)  # a share of whole shops, and enough of them to be told
        if wanted > MOST_WANTED:
            return None
    return wanted
