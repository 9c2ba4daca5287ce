"""Figures about somebody's work in words, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.fieldwork.quality import DAYS, FAR_METRES, FEWEST, QualityFigure, Unit
from tracker.survey.traits import Trait

UNSURE = "unsure_"
# key → label, and what is counted out of what
TEXTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "entries": (
        gettext_lazy("Entries"),
        gettext_lazy("Logged in the last %(days)s days and not withdrawn."),
    ),
    "days": (
        gettext_lazy("Days"),
        gettext_lazy("Days of the last %(days)s on which something was logged."),
    ),
    "seconds": (
        gettext_lazy("Seconds from opening to saving"),
        gettext_lazy("Median; app entries only."),
    ),
    "returned": (
        gettext_lazy("Sent back"),
        gettext_lazy("Share of reviewed entries that were sent back at least once."),
    ),
    "no_photo": (
        gettext_lazy("Required photo missing"),
        gettext_lazy(
            "Share of app entries requiring a photo that have a reason instead, no photo, or "
            "a photo that has not arrived after %(grace)s days."
        ),
    ),
    "far": (
        gettext_lazy("Logged far from the shop"),
        gettext_lazy(
            "Share of entries with a position that were more than %(metres)s m from the "
            "shop, by the nearer of the two positions and after subtracting the accuracy."
        ),
    ),
    "no_position": (
        gettext_lazy("Without a position"),
        gettext_lazy("Entries without a position from the phone."),
    ),
    "changed": (
        gettext_lazy("Changed after a prompt"),
        gettext_lazy(
            "Share of answers that were changed after the app said they differ from last "
            "time. Neither changing nor keeping is wrong."
        ),
    ),
}
UNSURE_HELP = gettext_lazy(
    "Share of “unsure” among the shops that were checked. “Unsure” is a good answer."
)
PHOTO_GRACE_DAYS = 3  # photos travel after their entry, by Wi-Fi perhaps


@dataclass(frozen=True)
class QualityLine:
    """A figure as it is shown; `words` says all of it in one sentence."""

    figure: QualityFigure
    label: str
    help: str
    words: str


def line_of(figure: QualityFigure) -> QualityLine:
    label, explained = _texts(figure.key)
    values = {"days": DAYS, "metres": FAR_METRES, "grace": PHOTO_GRACE_DAYS}
    return QualityLine(figure, label, explained % values, words_of(figure))


def _texts(key: str) -> tuple[str, str]:
    if key.startswith(UNSURE):
        trait = Trait(key.removeprefix(UNSURE))
        return _("Unsure: %(trait)s") % {"trait": trait.label}, str(UNSURE_HELP)
    label, explained = TEXTS[key]
    return str(label), str(explained)


def words_of(figure: QualityFigure) -> str:
    """The figure as a sentence; under twenty cases it says nothing but that."""
    value = figure.value
    if figure.unit == Unit.ENTRIES:
        return entries(figure.n)
    if figure.unit == Unit.DAYS:
        number = int(value or 0)
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}
    if value is None or figure.low is None or figure.high is None:
        return _("not enough data (n = %(number)s, at least %(fewest)s needed)") % {
            "number": figure.n,
            "fewest": FEWEST,
        }
    if figure.unit == Unit.SECONDS:
        return _("%(value)s s, between %(low)s and %(high)s, %(entries)s") % {
            "value": seconds(value),
            "low": seconds(figure.low),
            "high": seconds(figure.high),
            "entries": entries(figure.n),
        }
    return _("%(hits)s of %(n)s: %(value)s %%, between %(low)s and %(high)s %%") % {
        "hits": figure.hits,
        "n": figure.n,
        "value": round(100 * value),
        "low": round(100 * figure.low),
        "high": round(100 * figure.high),
    }


def entries(number: int) -> str:
    return ngettext("%(number)s entry", "%(number)s entries", number) % {"number": number}


def seconds(value: float) -> str:
    """To a tenth of a second under ten, else to the second."""
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"
