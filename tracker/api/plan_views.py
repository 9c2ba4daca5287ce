"""The day plan: the shops that a phone takes along."""

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.api.plan_rows import day_plan
from tracker.api.problems import problem
from tracker.errors import Invalid
from tracker.fieldwork.rounds import longest_due_shops
from tracker.places.models import Area
from tracker.places.shortlist import nearest_shops
from tracker.publication.filters import only_values
from tracker.workflows.shops import checked_position

MOST_SHOPS = 1500  # a day's walk and much more; one megabyte at most on the way


# Compression tells an attacker something only where an answer holds a secret beside text of the
# attacker's choice (BREACH). A plan repeats nothing of the request, a problem holds no secret,
# neither holds a token, and the session cookie is not sent with another site's requests.
@method_decorator(gzip_page, name="dispatch")
class DayPlan(APIView):
    """The nearest shops, or those of an area; see docs/field-app.md."""

    def get(self, request: Request) -> Response:
        try:
            keys = _shops_for(only_values(request.query_params.lists()))
        except Invalid as error:
            return problem(error)
        plan = day_plan(keys, at=timezone.now())
        return Response(plan, headers={"Cache-Control": "no-store"})


def _shops_for(values: dict[str, str]) -> list[int]:
    """Keys of the shops that are asked for; Invalid says how to ask."""
    if set(values) == {"area"}:
        return longest_due_shops(area=_area(values["area"]), limit=MOST_SHOPS)
    if set(values) == {"lat", "lon"}:
        lat_e7, lon_e7 = checked_position(values["lat"], values["lon"])
        return nearest_shops(lat_e7=lat_e7, lon_e7=lon_e7, limit=MOST_SHOPS)
    unknown = sorted(set(values) - {"area", "lat", "lon"})
    raise Invalid(
        _("Ask with “lat” and “lon” for the shops around a place, or with “area” alone."),
        field=unknown[0] if unknown else "area" if "area" in values else "lat",
    )


def _area(code: str) -> Area:
    area = Area.objects.filter(code=code).first() if code.isdecimal() else None
    if area is None:
        raise Invalid(
            _("“%(value)s” is not the code of a city or a ward. Codes have five digits: 13102.")
            % {"value": code[:20]},
            field="area",
        )
    return area
