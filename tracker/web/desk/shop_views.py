"""Shops that may be listed twice: side by side, to be merged or told apart."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.queries import person_of
from tracker.errors import Invalid
from tracker.fieldwork.models import Visit
from tracker.fieldwork.queries import last_visit_dates
from tracker.places.atlas.cities import City
from tracker.places.models import Area, DuplicatePair, Shop, Source
from tracker.places.queries import merged_lately, open_pairs
from tracker.web.entries.distances import distance_band
from tracker.workflows.judging import corrections, duplicates

PAGE = 10


class DuplicateSearchForm(forms.Form):
    """Ids of shops, from a button."""

    shop = forms.IntegerField(min_value=1)
    into = forms.IntegerField(min_value=1, required=False)


@dataclass(frozen=True)
class Side:
    """One of the two shops, with what helps to tell them apart."""

    shop: Shop
    place: str
    visits: int
    last_visit: datetime | None
    sources: list[str]


@dataclass(frozen=True)
class PairCard:
    pk: int
    sides: tuple[Side, Side]
    distance: str
    percent: int


@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """Open pairs, the most alike first; and what was merged lately, to be undone."""
    area = request.GET.get("area", "")
    is_known = not area or Area.objects.filter(pk=area).exists()
    found = open_pairs(area=area) if is_known else open_pairs().none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/shops.html",
        {
            "page": page,
            "cards": _cards(list(page)),
            "query": f"area={area}&" if area else "",
            "area": area,
            "cities": City.choices,
            "merged": merged_lately(),
        },
        status=200 if is_known else 400,
    )


def _cards(found: list[DuplicatePair]) -> list[PairCard]:
    ids = {pk for pair in found for pk in (pair.shop_id, pair.other_id)}
    counts = dict(
        Visit.objects.filter(shop__in=ids).values_list("shop").annotate(number=Count("pk"))
    )
    dates = last_visit_dates(ids)
    sources: dict[int, list[str]] = {}
    for shop_id, dataset in Source.objects.filter(shop__in=ids).values_list("shop", "dataset"):
        sources.setdefault(shop_id, []).append(dataset)

    def side(shop: Shop) -> Side:
        place = shop.address or (shop.ward or shop.city).name_ja
        visits, last = counts.get(shop.pk, 0), dates.get(shop.pk)
        return Side(shop, place, visits, last, sources.get(shop.pk, []))

    return [
        PairCard(
            pair.pk,
            (side(pair.shop), side(pair.other)),
            distance_band(pair.metres),
            round(100 * pair.likeness),
        )
        for pair in found
    ]


def _ids(request: HttpRequest) -> tuple[int, int | None]:
    form = DuplicateSearchForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose one of the pairs on the page."))
    return form.cleaned_data["shop"], form.cleaned_data["into"]


@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """The visits of one shop count for the other one."""
    shop_id, into_id = _ids(request)
    if into_id is None:
        raise Invalid(_("Choose one of the pairs on the page."))
    get_object_or_404(Shop, pk=shop_id)
    into = get_object_or_404(Shop, pk=into_id)
    corrections.merge_shops(
        shop_id=shop_id, into_id=into_id, by=person_of(request), at=timezone.now()
    )
    messages.success(
        request, _("Merged into %(shop)s. You can undo this below.") % {"shop": into.name}
    )
    return redirect("desk-shops")


@require_POST
def split(request: HttpRequest) -> HttpResponse:
    """Undo a merge."""
    shop_id, _into = _ids(request)
    shop = get_object_or_404(Shop, pk=shop_id)
    corrections.split_shop(shop_id=shop_id, by=person_of(request), at=timezone.now())
    messages.success(request, _("%(shop)s is a separate shop again.") % {"shop": shop.name})
    return redirect("desk-shops")


@require_POST
def two_shops(request: HttpRequest) -> HttpResponse:
    """The pair is two shops: it is not offered again."""
    pair_id, _into = _ids(request)
    pair = get_object_or_404(DuplicatePair, pk=pair_id)
    duplicates.dismiss_duplicates(pair=pair, by=person_of(request), at=timezone.now())
    messages.success(request, _("Saved: these are two separate shops."))
    return redirect("desk-shops")
