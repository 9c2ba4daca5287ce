"""Read-only answers for analysts: the same figures as the pages, from the same functions."""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.api.problems import problem
from tracker.errors import Invalid
from tracker.places.models import Area
from tracker.places.queries import has_invented_shops
from tracker.publication.columns import row_of
from tracker.publication.figures import cells_of
from tracker.publication.filters import filter_from, only_values


class Root(APIView):
    """What there is."""

    def get(self, request: Request) -> Response:
        names = ("adoption", "areas")
        return Response({name: reverse(f"api-{name}", request=request) for name in names})


class Adoption(APIView):
    """The figures of one map; the filters are those of the page."""

    def get(self, request: Request) -> Response:
        try:
            wanted = filter_from(only_values(request.query_params.lists()), at=timezone.now())
        except Invalid as error:
            return problem(error)
        return Response(
            {
                "invented": has_invented_shops(),
                "results": [row_of(wanted, cell) for cell in cells_of(wanted)],
            }
        )


class Areas(APIView):
    """The cities and their wards."""

    def get(self, request: Request) -> Response:
        areas = Area.objects.order_by("code").values(
            "code", "city_id", "name_ja", "name_en", "name_zh_hans"
        )
        return Response({"results": list(areas)})
