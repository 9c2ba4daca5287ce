"""How well two looks agree, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.rechecks.agreement import FEWEST_PAIRS, Agreement


@dataclass(frozen=True)
class AgreementLine:
    """One trait: its pairs, and both measures in words."""

    label: str
    n: int
    difference: str
    kappa: str


def agreement_line(label: str, found: Agreement | None) -> AgreementLine:
    """The figures with n and interval in one breath; under 20 pairs none."""
    if found is None or found.n < FEWEST_PAIRS:
        return AgreementLine(label, found.n if found else 0, _("not enough data"), "")
    low, high = found.difference_interval
    difference = _("%(share)s %%, between %(low)s and %(high)s") % {
        "share": f"{100 * found.difference:.0f}",
        "low": f"{100 * low:.0f}",
        "high": f"{100 * high:.0f}",
    }
    if found.kappa is None or found.kappa_interval is None:
        return AgreementLine(label, found.n, difference, _("not defined: all answers are the same"))
    kappa = _("%(kappa)s, between %(low)s and %(high)s") % {
        "kappa": f"{found.kappa:.2f}",
        "low": f"{found.kappa_interval[0]:.2f}",
        "high": f"{found.kappa_interval[1]:.2f}",
    }
    return AgreementLine(label, found.n, difference, kappa)
