"""At the door: find a shop, log a visit, add a shop."""

from collections.abc import Sequence
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.models import User
from tracker.accounts.queries import person_of
from tracker.errors import TrackerError
from tracker.places.imports.rows import RowProblem, position
from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.places.queries import look_alikes, search_shops, shops_near
from tracker.rechecks.queries import last_visits_shown
from tracker.web.field.forms import NearForm, ShopForm, VisitForm, first_values
from tracker.web.field.presenters import ShopLine, shop_lines
from tracker.web.site.form_errors import add_error
from tracker.workflows.entries import visits
from tracker.workflows.setup import shops


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Shops near me, or by name. It never shows what was answered before."""
    form = NearForm(request.GET)
    lines, note = _found(form, person_of(request)) if form.is_valid() else ([], "")
    return render(request, "field/home.html", {"form": form, "lines": lines, "note": note})


def _found(form: NearForm, worker: User) -> tuple[list[ShopLine], str]:
    """Lines for the list, and a sentence where there are none."""
    text, lat, lon = (form.cleaned_data[name] for name in ("q", "lat", "lon"))
    found: Sequence[tuple[Shop, float | None]]
    if text:
        found = [(shop, None) for shop in search_shops(text=text)]
        note = _("No shop matches this name or address. Try fewer letters, or add the shop.")
    elif lat and lon:
        try:
            lat_e7, lon_e7 = position(lat, lon)
        except RowProblem as problem:
            return [], _("The position is not valid: %(reason)s.") % {"reason": problem}
        found = shops_near(lat_e7=lat_e7, lon_e7=lon_e7)
        note = _("No shop within 40 km. Add the shop you are at.")
    else:
        return [], _("Use your position, or search by name.")
    dates = last_visits_shown(worker, [shop.pk for shop, _away in found], timezone.now())
    return shop_lines(found, dates), "" if found else note


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, shop_id: int) -> HttpResponse:
    """The visit form. Whatever goes wrong, nothing typed is lost."""
    shop = get_object_or_404(Shop.objects.select_related("ward", "city"), pk=shop_id)
    now = timezone.now()
    form = VisitForm(request.POST or None, request.FILES or None, initial=first_values(now))
    if request.method == "POST" and form.is_valid():
        try:
            visits.submit_visit(
                entry=form.entry(shop.pk), by=person_of(request), at=now, photos=form.photos()
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved: %(shop)s.") % {"shop": shop.name})
            return redirect("field-home")
    dates = last_visits_shown(person_of(request), [shop.pk], now)
    status = 400 if form.errors else 200
    page = {"form": form, "shop": shop, "last_visit": dates.get(shop.pk)}
    return render(request, "field/visit.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def new_shop(request: HttpRequest) -> HttpResponse:
    """Add a shop, after a look at those that may be the same."""
    place = {"lat": request.GET.get("lat", ""), "lon": request.GET.get("lon", "")}
    first = place | {"uuid": uuid4(), "name": request.GET.get("name", "")}
    form = ShopForm(request.POST or None, initial=first)
    duplicates: list[ShopLine] = []
    if request.method == "POST" and form.is_valid():
        duplicates = [] if form.cleaned_data["is_new"] else _duplicates(form, person_of(request))
        if not duplicates and (shop := _registered(request, form)):
            return redirect("field-visit", shop_id=shop.pk)
    status = 400 if form.errors else 200
    return render(
        request, "field/new_shop.html", {"form": form, "duplicates": duplicates}, status=status
    )


def _duplicates(form: ShopForm, worker: User) -> list[ShopLine]:
    data = form.cleaned_data
    try:
        lat_e7, lon_e7 = position(data["lat"], data["lon"])
    except RowProblem:
        return []  # registering says what is wrong with the position
    found = look_alikes(name=data["name"], lat_e7=lat_e7, lon_e7=lon_e7)
    ids = [shop.pk for shop, _away in found]
    return shop_lines(found, last_visits_shown(worker, ids, timezone.now()))


def _registered(request: HttpRequest, form: ShopForm) -> Shop | None:
    data = form.cleaned_data
    try:
        return shops.register_shop(
            uuid=data["uuid"],
            name=data["name"],
            segment=Segment(data["segment"]),
            lat=data["lat"],
            lon=data["lon"],
            floor=data["floor"],
            address=data["address"],
            by=person_of(request),
            at=timezone.now(),
        )
    except TrackerError as error:
        add_error(form, error)
        return None
