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
        gettext_lazy("Logged in the last %(days)s days and not taken back."),
    ),
    "days": (
        gettext_lazy("Days"),
        gettext_lazy("Days of the last %(days)s on which something was logged."),
    ),
    "seconds": (
        gettext_lazy("Seconds from open to save"),
        gettext_lazy("The middle one of the entries. Measured by the app only."),
    ),
    "returned": (
        gettext_lazy("Sent back"),
        gettext_lazy("Entries that were sent back at least once, of those that were judged."),
    ),
    "no_photo": (
        gettext_lazy("Without the photo asked for"),
        gettext_lazy(
            "Of the entries of the app for which a photo was due by the rule: those with a reason "
            "instead, with none, or whose photo has not come after %(grace)s days."
        ),
    ),
    "far": (
        gettext_lazy("Logged far away"),
        gettext_lazy(
            "More than %(metres)s m from the shop after the accuracy was taken off, by the nearer "
            "of the two positions; of the entries with a position."
        ),
    ),
    "no_position": (
        gettext_lazy("Without a position"),
        gettext_lazy("Entries for which the phone gave no position."),
    ),
    "changed": (
        gettext_lazy("Changed after a notice"),
        gettext_lazy(
            "Answers that were changed after the app said that they differ from last time, of all "
            "such notices. Neither changing nor keeping is wrong."
        ),
    ),
}
UNSURE_HELP = gettext_lazy(
    "Answers “unsure”, of the shops where somebody looked. It is a good answer."
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
        return _("too few to say (n = %(number)s, %(fewest)s are needed)") % {
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
