"""The charts of Explore as pictures of their own: ranking, trend, and two measures."""

from datetime import datetime

from django.utils.translation import get_language

from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.figure import figure_of
from tracker.publication.drawing.ranking import highest_first
from tracker.publication.drawing.trend import LARGE
from tracker.publication.figures import words
from tracker.publication.figures.cells import cells_of
from tracker.publication.figures.contrasts import contrasts_of
from tracker.publication.figures.filters import months_on_offer
from tracker.publication.figures.questions import Question, View
from tracker.web.explore.contrasts import scatter_note, scatter_of, sides_of, whole_sentences
from tracker.web.explore.shares import city_sentence, ranking_note, ranking_of, whole_of
from tracker.web.explore.titles import subtitle_of, title_of
from tracker.web.explore.trends import breaks_in, city_trend, months_shown, trend_note, trend_of

Made = tuple[Drawing, str, list[str]]  # with its subtitle and its notes


def _ranking(question: Question, _at: datetime) -> Made:
    shown = question.shown
    cells, whole = highest_first(cells_of(shown)), whole_of(shown)
    notes = [ranking_note()] if whole is None else [city_sentence(whole), ranking_note()]
    return ranking_of(shown, cells, whole), words.subtitle_of(shown, cells), notes


def _trend(question: Question, at: datetime) -> Made:
    shown = question.shown
    cell, series = city_trend(shown, months_shown(shown, months_on_offer(at=at)[0]))
    subtitle = f"{subtitle_of(shown)} · {words.figure_sentence(cell)}"
    breaks = breaks_in(shown, series)
    notes = [*(one.sentence for one in breaks), trend_note()]
    return trend_of(shown, cell, series, LARGE, breaks), subtitle, notes


def _scatter(question: Question, _at: datetime) -> Made:
    found, sides = contrasts_of(question), sides_of(question)
    subtitle = words.subtitle_of(question.shown, [one.after for one in found.areas])
    return scatter_of(found, sides), subtitle, [*whole_sentences(found, sides), scatter_note()]


MAKERS = {View.RANKING: _ranking, View.TREND: _trend, View.COMPARE: _scatter}


def chart_figure(question: Question, *, url: str, at: datetime) -> Drawing:
    """The chart of a question in the active language; KeyError where its view has none."""
    chart, subtitle, notes = MAKERS[question.view](question, at)
    return figure_of(
        chart,
        title=title_of(question),
        subtitle=subtitle,
        notes=notes,
        sources=words.credits_of(url, question.shown.as_of),
        language=get_language() or "en",
    )
