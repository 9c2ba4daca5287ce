"""The page that explains the API. Made here from the schema: nothing is fetched from elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.api.docs.pages import operations_of
from tracker.api.docs.schema import document
from tracker.api.figure_views import Adoption, AdoptionSeries
from tracker.errors import Invalid
from tracker.places.atlas.cities import FIRST_CITY
from tracker.publication.figures.filters import filter_from, only_values


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """With the query of a map, the samples read that map."""
    here = request.build_absolute_uri("/").rstrip("/")
    queries = {
        Adoption.operation: _query(request),
        AdoptionSeries.operation: f"area={FIRST_CITY.value}",
    }
    operations = operations_of(document(), here=here, queries=queries)
    return render(request, "api/docs.html", {"operations": operations, "here": here})


def _query(request: HttpRequest) -> str:
    """The filter that is asked for in its one form; that of a first look where there is none."""
    try:
        return filter_from(only_values(request.GET.lists()), at=timezone.now()).query
    except Invalid:
        return filter_from({}, at=timezone.now()).query
