"""The public pages: headline, map, files. The whole state is in the URL."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.errors import Absent
from tracker.months import month_text
from tracker.places.atlas.cities import City, cities_and_wards
from tracker.places.queries import has_invented_shops
from tracker.publication.cache.pictures import scene_digest
from tracker.publication.drawing.map_svg import svg_of
from tracker.publication.drawing.page_sizes import PAGE_SIZES, SCREEN, PageSize
from tracker.publication.drawing.panel import DEFS
from tracker.publication.figures.cells import cells_of
from tracker.publication.figures.filters import Filter, filter_from, one_of, only_values
from tracker.publication.figures.questions import (
    Question,
    View,
    question_from,
    ward_filter_from,
    ward_query,
)
from tracker.publication.figures.ward_figures import ward_of
from tracker.publication.files.columns import COLUMNS
from tracker.publication.files.csv_file import csv_lines
from tracker.web.explore.area import area_page
from tracker.web.explore.figures import drawn
from tracker.web.explore.headlines import city_headlines
from tracker.web.explore.home_maps import wallet_maps
from tracker.web.explore.pages import explore_page
from tracker.web.explore.pictures import (
    VARY,
    being_drawn,
    in_drawn_language,
    picture_answer,
    unchanged,
)
from tracker.workflows.publishing import maps

READERS = ("programs", "excel")  # who the CSV is for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The share of each city, in a sentence with its interval and n, its trend, and two maps."""
    now = timezone.now()
    context = {
        "maps": wallet_maps(at=now),
        "cities": city_headlines(at=now),
        "views": View.choices[1:],
        "patterns": drawn(DEFS),
    }
    return render(request, "explore/home.html", context)


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Five views of the same figures; the whole state is in the address."""
    return _explore(request, question_from(only_values(request.GET.lists()), at=timezone.now()))


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The short address of the map, as it is printed on pictures."""
    return _explore(request, Question(View.MAP, _filter(request)))


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one ward; the code of a city leads to its ranking."""
    if code in City:
        return redirect(f"{reverse('explore')}?view=ranking&city={City(code).slug}")
    ward = ward_of(code)
    if ward is None:
        raise Absent(_("No ward has the code %(code)s.") % {"code": code})
    now = timezone.now()
    city = City(str(ward.city_id))
    shown = ward_filter_from(only_values(request.GET.lists()), city=city, at=now)
    address = request.build_absolute_uri(f"{request.path}?{ward_query(shown)}")
    page = area_page(ward, shown, url=address, at=now)
    return render(request, "explore/area.html", {"page": page, "patterns": drawn(DEFS)})


@require_safe
def map_svg(request: HttpRequest) -> HttpResponse:
    wanted = _filter(request)
    scene = maps.map_scene(wanted, SCREEN, request.build_absolute_uri("/"))
    data = svg_of(scene).encode()
    return picture_answer(data, "image/svg+xml", f"{_name(wanted)}.svg")


@require_safe
@in_drawn_language
def map_png(request: HttpRequest) -> HttpResponse:
    """The map for the screen; or, with `paper=a4`, for print, once it is drawn."""
    wanted, page_size = _picture(request)
    scene = maps.map_scene(wanted, page_size, request.build_absolute_uri("/"))
    etag = f'"{scene_digest(scene)}"'
    answer = unchanged(request, etag)
    if answer is not None:
        return answer
    data = maps.map_picture(scene=scene, wanted=wanted, by=request.user, at=timezone.now())
    if data is None:
        return being_drawn(request, wanted.query)
    ending = "png" if page_size == SCREEN else f"{page_size.name}.png"
    answer = picture_answer(data, "image/png", f"{_name(wanted)}.{ending}")
    answer["ETag"] = etag
    return answer


@require_safe
def adoption_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The figures of the map as CSV; `for=excel` with BOM and CRLF."""
    values = only_values(request.GET.lists())
    reader = one_of(values, "for", "programs", READERS)
    values.pop("for", None)
    wanted = filter_from(values, at=timezone.now())
    note = _("Demo data. Do not cite.") if has_invented_shops() else ""
    lines = csv_lines(wanted, cells_of(wanted), for_excel=reader == "excel", note=note)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(wanted)}.csv"'
    response["Vary"] = VARY
    return response


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    return render(
        request, "explore/method.html", {"columns": COLUMNS, "cities_and_wards": cities_and_wards()}
    )


def _picture(request: HttpRequest) -> tuple[Filter, PageSize]:
    """What a picture shows, and what it is drawn on."""
    values = only_values(request.GET.lists())
    page_size = PAGE_SIZES[one_of(values, "paper", SCREEN.name, tuple(PAGE_SIZES))]
    values.pop("paper", None)
    return filter_from(values, at=timezone.now()), page_size


def _filter(request: HttpRequest) -> Filter:
    return filter_from(only_values(request.GET.lists()), at=timezone.now())


def _explore(request: HttpRequest, question: Question) -> HttpResponse:
    page = explore_page(question, at=timezone.now())
    address = request.build_absolute_uri(f"{reverse('explore')}?{question.query}")
    context = {"page": page, "patterns": drawn(DEFS), "address": address}
    return render(request, "explore/explore.html", context)


def _name(wanted: Filter) -> str:
    parts = (wanted.city.slug, wanted.measure.value, wanted.level.value)
    return "-".join(["noren", *parts, wanted.segment, month_text(wanted.month)])
