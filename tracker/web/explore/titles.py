"""The title and the subtitle of a view of Explore."""

from django.utils.translation import gettext as _

from tracker.publication.figures import words
from tracker.publication.figures.filters import Filter
from tracker.publication.figures.questions import Question, View
from tracker.web.explore.contrasts import sides_of


def subtitle_of(shown: Filter) -> str:
    return _("End of %(month)s · %(segment)s") % {
        "month": words.month_name(shown.month),
        "segment": words.segment_name(shown.segment),
    }


def title_of(question: Question) -> str:
    if question.view == View.COMPARE:
        return _("%(after)s and %(before)s in %(city)s") % {
            **sides_of(question)._asdict(),
            "city": question.shown.city.label,
        }
    if question.view == View.CHANGE and question.since is not None:
        return _("%(what)s: change from %(before)s to %(after)s") % {
            **sides_of(question)._asdict(),
            "what": words.title_of(question.shown),
        }
    return words.title_of(question.shown)
