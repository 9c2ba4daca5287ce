"""Ages, distances and durations as a moderator reads them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

OLD = timedelta(hours=72)


def age_text(since: datetime, now: datetime) -> str:
    """Minutes below an hour, hours up to three days, then days."""
    age = now - since
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(number)d min", "%(number)d min", minutes) % {"number": minutes}
    if age <= OLD:
        return ngettext("%(number)d h", "%(number)d h", minutes // 60) % {"number": minutes // 60}
    return ngettext("%(number)d day", "%(number)d days", age.days) % {"number": age.days}


def is_old(since: datetime, now: datetime) -> bool:
    """Whether it has waited for more than 72 hours."""
    return now - since > OLD


def metres_text(metres: float) -> str:
    """Whole metres below a kilometre."""
    return f"{metres:.0f} m" if metres < 999.5 else f"{metres / 1000:.1f} km"


def seconds_text(seconds: float) -> str:
    return _("%(number)s s") % {"number": f"{seconds:.0f}"}
