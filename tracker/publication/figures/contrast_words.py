"""Differences in words: with sign, interval and both n."""

from django.utils.translation import gettext as _

from tracker.adoption.estimation.comparison import ShareDifference
from tracker.adoption.estimation.estimates import Tier
from tracker.publication.figures.contrasts import Contrast, has_clear_sign
from tracker.publication.figures.words import percent


def points(value: float) -> str:
    """A difference of shares as whole percentage points with a sign: +5, −3, 0."""
    number = round(100 * value)
    if number == 0:
        return "0"
    return f"+{number}" if number > 0 else f"−{-number}"


def difference_sentence(difference: ShareDifference) -> str:
    """Like “+5 points, between +1 and +9”."""
    return _("%(points)s points, between %(low)s and %(high)s") % {
        "points": points(difference.value),
        "low": points(difference.low),
        "high": points(difference.high),
    }


def pair_sentence(one: Contrast) -> str:
    """Both shares and the difference, or why there is none."""
    difference = one.difference
    if difference is None:
        return missing_sentence(one)
    return _("%(before)s / %(after)s, %(difference)s") % {
        "before": percent(one.before.share or 0),
        "after": percent(one.after.share or 0),
        "difference": difference_sentence(difference),
    }


def missing_sentence(one: Contrast) -> str:
    """Why there is no difference to show."""
    if one.tier == Tier.NOT_SURVEYED:
        return _("not surveyed in one of the two")
    return _("not enough data (n = %(before)s and %(after)s)") % {
        "before": one.before.count.observed,
        "after": one.after.count.observed,
    }


def doubt_sentence(difference: ShareDifference) -> str:
    """What an interval that includes 0 means; empty where it does not."""
    if has_clear_sign(difference):
        return ""
    return _("The interval includes 0: there may be no difference.")
