"""What cannot be right in an entry. Each check raises Invalid with the form's field."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from tracker.errors import Invalid
from tracker.fieldwork.entry import NOTE_LIMIT, Corrected, Entry
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import Routes
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait

CLOCK_TOLERANCE = timedelta(minutes=5)  # a phone's clock may run ahead by this much
FIRST_MOMENT = datetime(2015, 1, 1, tzinfo=UTC)  # neither wallet was sold to shops here before
EVIDENCES = frozenset(Evidence.values)  # `.values` asks every label for its translation


def check_entry(entry: Entry, *, at: datetime) -> None:
    """Raise Invalid for the first thing that is wrong; `at` is the time of receipt."""
    check_answers(entry.outcome, entry.answers)
    check_routes(entry.outcome, entry.routes)
    check_observed_at(entry.observed_at, at=at)
    if entry.evidence and entry.evidence not in EVIDENCES:
        raise Invalid(_("Choose from the list how you know."), field="evidence")
    if len(entry.note) > NOTE_LIMIT:
        raise Invalid(
            _("The note is too long: at most %(limit)s characters.") % {"limit": NOTE_LIMIT},
            field="note",
        )


def check_corrected(corrected: Corrected) -> None:
    """The same for what a moderator puts in its place."""
    check_answers(corrected.outcome, corrected.answers)
    check_routes(corrected.outcome, corrected.routes)


def check_answers(outcome: Outcome, answers: Mapping[Trait, Answer]) -> None:
    """An answered visit has an answer; any other outcome has none."""
    has_answer = any(answer != Answer.NOT_CHECKED for answer in answers.values())
    if outcome == Outcome.ANSWERED and not has_answer:
        raise Invalid(
            _("Answer at least one of the questions, or say under “More” why not."),
            field=TRAITS[0],
        )
    if outcome != Outcome.ANSWERED and has_answer:
        raise Invalid(
            _("An outcome without answers cannot have answers. Clear them, or choose “Answered”."),
            field="outcome",
        )


def check_routes(outcome: Outcome, routes: Routes) -> None:
    """Only whoever stood before the till can say what is there."""
    if routes and outcome != Outcome.ANSWERED:
        raise Invalid(
            _("Without answers nothing is said of the till. Clear it, or choose “Answered”."),
            field="outcome",
        )


def check_observed_at(observed_at: datetime, *, at: datetime) -> None:
    """Not in the future beyond a clock's error, and not before there was anything to see."""
    if observed_at > at + CLOCK_TOLERANCE:
        raise Invalid(
            _("The time of the visit is in the future. Check date and time."),
            field="observed_at",
        )
    if observed_at < FIRST_MOMENT:
        raise Invalid(
            _("The time of the visit is before 2015. Check the date."), field="observed_at"
        )
