"""What became of the shops between two months, as a table."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.estimation.transitions import TransitionRate, adoption_rate, loss_rate
from tracker.places.kinds import AreaLevel
from tracker.publication.figures import contrast_words, words
from tracker.publication.figures.contrasts import Contrast, Contrasts
from tracker.publication.figures.filters import Filter
from tracker.web.explore.figures import PagePart, PageTable, TableRow, written
from tracker.web.explore.shares import area_link


def transition_part(shown: Filter, found: Contrasts) -> PagePart:
    """The whole city first, then its wards; squares are too small for it."""
    areas = found.areas if shown.level == AreaLevel.WARD else []
    return PagePart(
        heading=_("Status changes"),
        sentences=written([_explained(), *rate_sentences(found.city)]),
        tables=[transition_table(shown, [found.city, *areas])],
    )


def transition_table(shown: Filter, contrasts: list[Contrast]) -> PageTable:
    """Six numbers of shops an area; none of them where a share is not shown either."""
    head = [
        _("Area"),
        _("yes → yes"),
        _("yes → no"),
        _("no → yes"),
        _("no → no"),
        _("newly observed"),
        _("no longer observed"),
    ]
    rows = [
        TableRow(
            name=one.after.name(get_language() or "en"),
            cells=_numbers(one),
            code=one.after.code_text,
            href=area_link(one.after, shown),
            tier=one.tier.value,
        )
        for one in contrasts
    ]
    note = _("A dash: not enough data in one of the two months.")
    return PageTable("transitions", _("Shops by status in both months"), head, rows, note)


def rate_sentences(one: Contrast) -> list[str]:
    """How many of the shops without it took it up, and how many of those with it gave it up."""
    moves = one.transitions
    if moves is None:
        return [contrast_words.missing_sentence(one)]
    gained = _rate(adoption_rate(moves), _("Of %(of)s with a no, %(rate)s now have a yes."))
    lost = _rate(loss_rate(moves), _("Of %(of)s with a yes, %(rate)s now have a no."))
    return [gained, lost]


def _rate(rate: TransitionRate | None, sentence: str) -> str:
    if rate is None:
        return ""
    figure = _("%(number)s (%(share)s, between %(low)s and %(high)s)") % {
        "number": f"{rate.changed:,}",
        "share": words.percent(rate.share),
        "low": words.percent(rate.interval.low),
        "high": words.percent(rate.interval.high),
    }
    return sentence % {"of": words.shops(rate.observed), "rate": figure}


def _explained() -> str:
    return _(
        "Newly observed: shops with a status in the later month only. No longer observed: in "
        "the earlier month only, closed or not revisited in time."
    )


def _numbers(one: Contrast) -> list[str]:
    moves = one.transitions
    return ["–"] * 6 if moves is None else [f"{number:,}" for number in moves]
