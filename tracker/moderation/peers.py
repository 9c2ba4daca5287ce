"""Answers of one worker and of the others, ward by ward."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count as Number
from django.db.models import Q

from tracker.accounts.models import User
from tracker.fieldwork.funnel import GroupCount
from tracker.moderation.screening.records import counted_visits
from tracker.moderation.work import first_moment
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait

Counts = dict[str, GroupCount]  # code of the ward → answers there
NOBODY = GroupCount(0, 0, 0)


def answers_beside(worker: User, *, at: datetime) -> dict[Trait, tuple[Counts, Counts]]:
    """Trait → own answers and those of others, of the last thirty days. One statement.

    The wards are those in which the worker said yes or no of any trait; an entry that was
    withdrawn says nothing.
    """
    first = first_moment(at)
    visits = counted_visits().filter(
        observed_at__gte=first,
        received_at__gte=first,  # never before it was observed: this finds the rows by their index
        outcome=Outcome.ANSWERED,
        shop__ward__isnull=False,
    )
    here = visits.filter(worker=worker).values("shop__ward")
    numbers = {
        f"{word}_{trait}": Number("pk", filter=Q(**{f"{trait}__in": answers}))
        for trait in TRAITS
        for word, answers in (("yes", [Answer.YES]), ("n", [Answer.YES, Answer.NO]))
    }
    rows = list(
        visits.filter(shop__ward__in=here).values("shop__ward", "worker").annotate(**numbers)
    )
    return {trait: _split(rows, trait.value, worker.pk) for trait in Trait}


def _split(rows: Iterable[Mapping[str, object]], trait: str, worker: int) -> tuple[Counts, Counts]:
    own: Counts = {}
    others: defaultdict[str, GroupCount] = defaultdict(lambda: NOBODY)
    for row in rows:
        ward, yes, n = str(row["shop__ward"]), row[f"yes_{trait}"], row[f"n_{trait}"]
        if not isinstance(yes, int) or not isinstance(n, int):
            raise TypeError("a count is a whole number")
        if n and row["worker"] == worker:
            own[ward] = GroupCount(yes, n)
        elif n:
            before = others[ward]
            others[ward] = GroupCount(before.yes + yes, before.n + n, before.people + 1)
    return dict(sorted(own.items())), dict(others)
