"""The work of one fieldworker in words and pictures: figures, hours, second visits, funnels."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.fieldwork.funnel import (
    Comparison,
    FunnelPlace,
    GroupCount,
    Limits,
    compare,
    compare_all,
)
from tracker.fieldwork.quality import FEWEST, EntryFacts, QualityFigure, Unit, figures_of, hours_of
from tracker.fieldwork.quality_words import QualityLine, line_of, words_of
from tracker.intervals import Interval, wilson
from tracker.moderation.peers import NOBODY, Counts, answers_beside
from tracker.moderation.work import work_of
from tracker.places.models import Area
from tracker.rechecks.agreement import agreement_of
from tracker.rechecks.queries import pairs_of
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait
from tracker.web.entries.agreement import AgreementLine, agreement_line
from tracker.web.site.areas import area_name
from tracker.web.team.funnel import funnel_svg, hours_svg


@dataclass(frozen=True)
class HourRow:
    hour: str  # "09:00"
    words: str


@dataclass(frozen=True)
class WardRow:
    """One ward of a funnel: the duplicate of the picture."""

    name: str
    own: str
    others: str
    inner: str
    outer: str
    remark: str


@dataclass(frozen=True)
class Funnel:
    label: str
    sentences: list[str]
    picture: SafeString  # "" where there is nothing to compare with
    rows: list[WardRow]


@dataclass(frozen=True)
class PersonWork:
    """What the template `team/work.html` shows."""

    figures: list[QualityLine]
    hours: SafeString
    hour_rows: list[HourRow]
    agreement: list[AgreementLine]
    funnels: list[Funnel]


def work_page(worker: User, *, at: datetime) -> PersonWork:
    """Everything there is to say of the last thirty days, and of all second visits so far."""
    facts = work_of(worker, at=at)
    beside = answers_beside(worker, at=at)
    codes = {ward for own, _others in beside.values() for ward in own}
    names = {area.code: area_name(area) for area in Area.objects.filter(code__in=codes)}
    return PersonWork(
        figures=[line_of(figure) for figure in figures_of(facts, traits=TRAITS)],
        hours=_hours(facts),
        hour_rows=[
            HourRow(f"{hour:02d}:00", words_of(figure))
            for hour, figure in enumerate(hours_of(facts))
            if figure.hits and figure.value is not None
        ],
        agreement=[
            agreement_line(str(trait.label), agreement_of(pairs_of(trait, worker)))
            for trait in Trait
        ],
        funnels=[_funnel(trait, *counts, names) for trait, counts in beside.items()],
    )


def _hours(facts: list[EntryFacts]) -> SafeString:
    if len(facts) < FEWEST:
        return mark_safe("")
    svg = hours_svg([figure.hits for figure in hours_of(facts)], _("Entries by hour of the day"))
    return mark_safe(svg)  # noqa: S308  # our own painter escapes every text it writes


def _funnel(trait: Trait, own: Counts, others: Counts, names: dict[str, str]) -> Funnel:
    together = compare_all(own, others)
    sentences = sentences_of(together)
    svg = funnel_svg(together, f"{trait.label}: {' · '.join(sentences)}")
    return Funnel(
        label=str(trait.label),
        sentences=sentences,
        picture=mark_safe(svg),  # noqa: S308  # as above
        rows=[
            _row(names[ward], compare(count, others.get(ward, NOBODY)))
            for ward, count in own.items()
        ],
    )


def sentences_of(found: Comparison) -> list[str]:
    """The own share, what chance leaves of it, and what follows: nothing but a look."""
    if found.place is FunnelPlace.NO_OTHERS:
        return [remark_of(found.place)]
    sentences = [share_words(found.own)]
    if found.limits:
        sentences.append(
            _(
                "Others in the same wards: %(rate)s %%. By chance alone, nineteen in twenty "
                "lie between %(low)s and %(high)s %%, and all but one in five hundred "
                "between %(lowest)s and %(highest)s %%."
            )
            % {"rate": percent(found.belief.mean if found.belief else 0), **_ends(found.limits)}
        )
        sentences.append(remark_of(found.place))
    return sentences


def remark_of(place: FunnelPlace) -> str:
    return {
        FunnelPlace.TOO_FEW: _("Not enough data."),
        FunnelPlace.NO_OTHERS: _(
            "Nothing to compare with: at least %(fewest)s answers by two others in the same "
            "ward are needed."
        )
        % {"fewest": FEWEST},
        FunnelPlace.INSIDE: _("Within chance."),
        FunnelPlace.OUTSIDE: _(
            "Outside the inner limits, which happens by chance once in twenty cases."
        ),
        FunnelPlace.FAR_OUTSIDE: _(
            "Outside the outer limits: a reason to check, not a finding. Different kinds of "
            "shops are one explanation."
        ),
    }[place]


def share_words(count: GroupCount) -> str:
    """The share of yes with n and interval; under 20 answers that they are too few."""
    if count.n < FEWEST:
        return words_of(QualityFigure("yes", Unit.SHARE, count.n, count.yes, None))
    share = count.yes / count.n
    return words_of(
        QualityFigure("yes", Unit.SHARE, count.n, count.yes, share, *wilson(count.yes, count.n))
    )


def _row(name: str, found: Comparison) -> WardRow:
    is_known = found.belief is not None
    return WardRow(
        name=name,
        own=share_words(found.own),
        others=share_words(found.others) if is_known else "",
        inner=_range(found.limits.inner) if found.limits else "",
        outer=_range(found.limits.outer) if found.limits else "",
        remark=remark_of(found.place),
    )


def _range(interval: Interval) -> str:
    return f"{percent(interval.low)}–{percent(interval.high)} %"


def _ends(limits: Limits) -> dict[str, str]:
    return {
        "low": percent(limits.inner.low),
        "high": percent(limits.inner.high),
        "lowest": percent(limits.outer.low),
        "highest": percent(limits.outer.high),
    }


def percent(share: float) -> str:
    return f"{100 * share:.0f}"
