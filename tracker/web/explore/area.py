"""The page of one ward: figure, trend, squares, all measures, age and coverage."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.ages import ages_in_ward
from tracker.adoption.estimation.coverage import FrameNote
from tracker.adoption.freshness import freshness_of
from tracker.months import day_of
from tracker.places.kinds import AreaLevel
from tracker.places.models import Area
from tracker.places.outlines import outline_credit
from tracker.publication.drawing import styles
from tracker.publication.drawing.histogram import bars_of, histogram_chart
from tracker.publication.drawing.panel import panel_svg
from tracker.publication.drawing.scene import paints_of
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell
from tracker.publication.figures.filters import Filter, months_on_offer
from tracker.publication.figures.questions import Question, View
from tracker.publication.figures.ward_figures import Covered, ward_coverage, ward_figure, ward_map
from tracker.survey.measures import Measure
from tracker.web.explore.figures import (
    Figure,
    PagePart,
    PageTable,
    TableRow,
    charted,
    drawn,
    share_key,
)
from tracker.web.explore.pages import Link, file_links
from tracker.web.explore.question_bar import BarField, ward_fields
from tracker.web.explore.shares import share_cells, share_table
from tracker.web.explore.trends import breaks_in, trend_part, ward_series


@dataclass(frozen=True)
class AreaPage:
    """`links` lead to the files of its city and to the other views of it."""

    title: str
    headline: str
    fields: list[BarField]
    parts: list[PagePart]
    links: list[Link]
    citation: str
    url: str


def area_page(ward: Area, shown: Filter, *, url: str, at: datetime) -> AreaPage:
    """Everything that is known of a ward, with figures as they are at this moment."""
    months = months_on_offer(at=at)
    cell = ward_figure(ward, shown, shown.measure)
    title = f"{cell.name(get_language() or 'en')} · {shown.city.label}"
    return AreaPage(
        title=title,
        headline=_headline(shown, cell),
        fields=ward_fields(shown, months),
        parts=_parts(ward, shown, cell, months[0]),
        links=_links(shown),
        citation=_("Noren. %(title)s. %(figure)s Data as of %(day)s. %(url)s")
        % {"title": title, "figure": _headline(shown, cell), "day": day_of(at), "url": url},
        url=url,
    )


def _parts(ward: Area, shown: Filter, cell: Cell, first_month: int) -> list[PagePart]:
    series = ward_series(shown, cell.code, first_month)
    trend = trend_part(shown, cell, series, breaks_in(shown, series))
    return [
        replace(trend, heading=_("By month"), sentences=[]),  # the headline has said it
        _square_part(ward, shown, cell),
        _measure_part(ward, shown),
        _freshness_part(ward, shown),
        _coverage_part(ward, shown),
    ]


def _headline(shown: Filter, cell: Cell) -> str:
    """The figure in one sentence, with interval and n."""
    return _("%(measure)s in %(area)s at the end of %(month)s: %(figure)s.") % {
        "measure": shown.measure.label,
        "area": cell.name(get_language() or "en"),
        "month": words.month_name(shown.month),
        "figure": words.figure_sentence(cell),
    }


def _links(shown: Filter) -> list[Link]:
    """The figures of all wards of the city, in every form."""
    wards = replace(shown, level=AreaLevel.WARD)
    city = Question(View.MAP, wards)
    views = [
        (view, city.in_view(view, first_month=shown.month).query)
        for view in (View.MAP, View.RANKING, View.TREND, View.COMPARE)
    ]
    others = [
        Link(f"{reverse('explore')}?{query}", _("All wards: %(view)s") % {"view": view.label})
        for view, query in views
    ]
    return [*others, *file_links(wards.query)]


def _square_part(ward: Area, shown: Filter, cell: Cell) -> PagePart:
    found = ward_map(ward, shown)
    title = _("%(measure)s in %(area)s by %(level)s") % {
        "measure": shown.measure.label,
        "area": cell.name(get_language() or "en"),
        "level": shown.level.label,
    }
    svg = panel_svg(found.outline, paints_of(found.squares), title=title)
    note = _("Squares at the edge include shops of neighbouring wards. %(credit)s") % {
        "credit": outline_credit()
    }
    caption = _("The squares of the map")
    return PagePart(
        heading=title,
        figures=[Figure("", drawn(svg), note)],
        key=share_key(),
        tables=[share_table("squares", caption, found.squares, shown)],
        layout="beside",
    )


def _measure_part(ward: Area, shown: Filter) -> PagePart:
    figures = [(measure, ward_figure(ward, shown, measure)) for measure in Measure]
    rows = [
        TableRow(
            str(measure.label),
            [*share_cells(cell), words.tier_word(cell.tier)],
            tier=cell.tier.value,
        )
        for measure, cell in figures
    ]
    head = [_("Measure"), _("Share"), _("95 % interval"), "n", _("Reliability")]
    caption = _("All measures at the end of %(month)s") % {"month": words.month_name(shown.month)}
    return PagePart(heading=_("All measures"), tables=[PageTable("measures", caption, head, rows)])


def _freshness_part(ward: Area, shown: Filter) -> PagePart:
    ages = ages_in_ward(
        ward=ward.code, measure=shown.measure, month=shown.month, segment=shown.segment
    )
    heading = _("Age of observations")
    found = freshness_of(ages)
    if found is None:
        return PagePart(heading=heading, sentences=[_("No shop has a live status here.")])
    sentence = _(
        "Half of the statuses are at most %(median)s months old; %(young)s are at most 3 months "
        "old, %(half)s at most 6. A status expires after 12 months."
    ) % {
        "median": f"{found.median:g}",
        "young": words.percent(found.within_3_months),
        "half": words.percent(found.within_6_months),
    }
    bars, axis = bars_of(ages), _("age (months)")
    colour = styles.COLOURS[shown.measure.value][0]
    chart = histogram_chart(bars, title=f"{heading}: {sentence}", axis=axis, colour=colour)
    rows = [TableRow(str(age), [f"{number:,}"]) for age, number in enumerate(bars)]
    table = PageTable(
        "ages", _("Statuses by age"), [_("Age of observations (months)"), _("Shops")], rows
    )
    return PagePart(heading, [sentence], [Figure("", charted(chart))], [], [table], "beside")


def _coverage_part(ward: Area, shown: Filter) -> PagePart:
    heading = _("Coverage")
    rows = [_coverage_row(group) for group in ward_coverage(ward, shown)]
    if not rows:
        sentence = _(
            "No census is loaded, so the coverage of this ward is unknown. The figures "
            "describe the visited shops."
        )
        return PagePart(heading=heading, sentences=[sentence])
    head = [_("Kind of shop"), _("Observed"), _("In the census"), _("Coverage")]
    caption = _("Observed shops per establishment of the census")
    return PagePart(heading=heading, tables=[PageTable("coverage", caption, head, rows)])


def _coverage_row(group: Covered) -> TableRow:
    name = _(", ").join(words.segment_name(segment) for segment in group.segments)
    listed = "–" if group.establishments is None else f"{group.establishments:,}"
    return TableRow(name, [f"{group.observed:,}", listed, _coverage_text(group)])


def _coverage_text(group: Covered) -> str:
    ratio, note = group.coverage
    if note == FrameNote.MISSING:
        return _("not given in the census")
    if note == FrameNote.EMPTY or ratio is None:
        return _("none in the census")
    share = words.percent(ratio)
    return share if note == FrameNote.WITHIN else _("%(share)s (the census is older)") % {
        "share": share
    }  # fmt: skip
