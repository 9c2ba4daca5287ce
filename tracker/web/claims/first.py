"""“Which shop accepted first?”: what is known of it, and what would settle it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.adoption.firsts import Firsts, firsts_in_ward
from tracker.places.models import Area
from tracker.publication.claims.verdicts import ClaimVerdict, first_verdict
from tracker.publication.figures import words
from tracker.survey.traits import Trait
from tracker.web.site.areas import area_name


@dataclass(frozen=True)
class FirstPage:
    """`lines` are the shops of the earliest month, by month, kind and what was seen before."""

    question: str
    verdict: ClaimVerdict
    sentence: str
    lines: list[str]
    settles: str


def first_page(ward: Area, trait: Trait) -> FirstPage:
    """The question asked of one ward; no shop is named."""
    found = firsts_in_ward(ward=int(ward.code), trait=trait)
    return FirstPage(
        question=_("Which shop in %(area)s was first: %(what)s?")
        % {"area": area_name(ward), "what": trait.label},
        verdict=first_verdict(found),
        sentence=_sentence(found),
        lines=[_line(one.month, one.segment, was_no=one.was_no) for one in found.earliest],
        settles=_settles(found),
    )


def _sentence(found: Firsts) -> str:
    return _("%(observed)s with an answer; %(yes)s of them had a yes at some time.") % {
        "observed": words.shops(found.observed),
        "yes": f"{found.yes:,}",
    }


def _line(month: int, segment: str, *, was_no: bool) -> str:
    values = {"month": words.month_name(month), "segment": words.segment_name(segment)}
    if was_no:
        return _("%(month)s, %(segment)s: no before, so the change was observed.") % values
    return _("%(month)s, %(segment)s: yes at the first visit; start unknown.") % values


def _settles(found: Firsts) -> str:
    """What would have to be known."""
    if not found.earliest:
        return _("A visit with a yes after a visit with a no.")
    if first_verdict(found) is ClaimVerdict.SUPPORTED:
        return _(
            "It is the first among the observed shops. Dated documents of a shop not "
            "observed before that month could show an earlier one."
        )
    if len(found.earliest) > 1:
        return _(
            "Several shops share the earliest month, and visits do not show their order "
            "within it. Dated documents of these shops, like a contract or a first receipt, "
            "would."
        )
    return _(
        "The shop was never observed with a no. A dated document, like a contract or a first "
        "receipt, would show since when it accepts; the same is needed for every other shop "
        "with a yes."
    )
