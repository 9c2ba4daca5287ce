"""A fieldworker's own work: what was sent back, the last days, the figures."""

from datetime import UTC

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.quality import days_of, figures_of
from tracker.fieldwork.quality_words import QualityLine, line_of
from tracker.fieldwork.queries import entries_of
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.models import Decision
from tracker.moderation.queries import kept_back
from tracker.moderation.work import work_of
from tracker.months import day_of
from tracker.survey.specs import TRAITS


class WorkView(APIView):
    """Own work, and nobody else's; see docs/field-app.md."""

    def get(self, request: Request) -> Response:
        worker, now = request.user, timezone.now()
        if not isinstance(worker, User):
            raise TypeError("the guard lets only signed-in people through")
        facts = work_of(worker, at=now)
        # A return that is undone within a minute is never seen.
        returned = entries_of(worker).filter(state=VisitState.RETURNED).exclude(kept_back(now))
        days = days_of(facts, today=day_of(now))
        answer = {
            "returned": [_returned(visit) for visit in returned],
            "days": [{"on": day.isoformat(), "entries": number} for day, number in days],
            "quality": [_figure(line_of(one)) for one in figures_of(facts, traits=TRAITS)],
        }
        return Response(answer, headers={"Cache-Control": "no-store"})


def _returned(visit: Visit) -> dict[str, object]:
    """An entry as it was sent, and why it came back, in the language of the request."""
    moves: list[Decision] = list(visit.decisions.all())
    last = max(moves, key=lambda move: move.pk) if moves else None
    shop = visit.shop
    return {
        "uuid": str(visit.uuid),
        "revision": visit.revision,
        "shop": {
            "uuid": str(shop.uuid),
            "name": shop.name,
            "floor": shop.floor,
            "place": shop.address or (shop.ward or shop.city).name_ja,
            "segment": shop.segment,
        },
        "observed_at": visit.observed_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "outcome": visit.outcome,
        "answers": visit.answers,
        "routes": [route.value for route in visit.seen_routes],
        "evidence": visit.evidence,
        "note": visit.note,
        "reasons": [str(Reason(reason).label) for reason in last.reasons] if last else [],
        "reason_note": last.note if last else "",
        "photos": [
            str(photo.uuid) for photo in visit.photos.all() if photo.state == PhotoState.READY
        ],
    }


def _figure(line: QualityLine) -> dict[str, object]:
    figure = line.figure
    return {
        "key": figure.key,
        "label": line.label,
        "help": line.help,
        "n": figure.n,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "words": line.words,
    }
