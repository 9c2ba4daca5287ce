"""The day plan: the shops that a phone takes along."""

from datetime import datetime

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.accounts.models import User
from tracker.api.phone.plan_rows import day_plan
from tracker.api.problems import problem
from tracker.errors import Invalid
from tracker.fieldwork.assignments import area_codes_of
from tracker.fieldwork.due import last_due
from tracker.fieldwork.rounds import longest_due_shops
from tracker.places.models import Area
from tracker.places.shortlist import nearest_in_areas, nearest_shops
from tracker.publication.figures.filters import only_values
from tracker.rechecks.queries import shops_to_visit_again
from tracker.workflows.setup.shops import checked_position

MOST_SHOPS = 1500  # a day's walk and much more; one megabyte at most on the way
MOST_OWN = 1000  # of the own areas: the shop at whose door somebody stands has its place too


# Compression tells an attacker something only where an answer holds a secret beside text of the
# attacker's choice (BREACH). A plan repeats nothing of the request, a problem holds no secret,
# neither holds a token, and the session cookie is not sent with another site's requests.
@method_decorator(gzip_page, name="dispatch")
class DayPlan(APIView):
    """The nearest shops, or those of an area; see docs/field-app.md."""

    def get(self, request: Request) -> Response:
        worker, now = request.user, timezone.now()
        if not isinstance(worker, User):
            raise TypeError("the guard lets only signed-in people through")
        try:
            round_of = _wanted(only_values(request.query_params.lists()))
        except Invalid as error:
            return problem(error)
        again = shops_to_visit_again(worker, now)
        keys = _keys(round_of, area_codes_of(worker), again, now)
        plan = day_plan(keys, again=again, at=now)
        return Response(plan, headers={"Cache-Control": "no-store"})


def _wanted(values: dict[str, str]) -> Area | tuple[int, int]:
    """The area or the place (lat_e7, lon_e7) that is asked for; Invalid says how to ask."""
    if set(values) == {"area"}:
        return _area(values["area"])
    if set(values) == {"lat", "lon"}:
        return checked_position(values["lat"], values["lon"])
    unknown = sorted(set(values) - {"area", "lat", "lon"})
    raise Invalid(
        _("Query with “lat” and “lon”, or with “area” alone."),
        field=unknown[0] if unknown else "area" if "area" in values else "lat",
    )


def _keys(
    wanted: Area | tuple[int, int], own: list[str], again: set[int], at: datetime
) -> list[int]:
    """Keys of the shops, those of the worker's own areas first."""
    if isinstance(wanted, Area):
        before = last_due(at)
        return longest_due_shops(area=wanted, limit=MOST_SHOPS, own=own, again=again, before=before)
    lat_e7, lon_e7 = wanted
    around = nearest_shops(lat_e7=lat_e7, lon_e7=lon_e7, limit=MOST_SHOPS)
    if not own:
        return around
    first = nearest_in_areas(own, lat_e7=lat_e7, lon_e7=lon_e7, limit=MOST_OWN)
    return list(dict.fromkeys([*first, *around]))[:MOST_SHOPS]


def _area(code: str) -> Area:
    area = Area.objects.filter(code=code).first() if code.isdecimal() else None
    if area is None:
        raise Invalid(
            _("“%(value)s” is not the code of a city or ward. Codes have five digits, like 13102.")
            % {"value": code[:20]},
            field="area",
        )
    return area
