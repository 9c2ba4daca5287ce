"""What was thought of a shop turns out wrong: its place, its kind, or that it is one of two.

Each act keeps what was thought before, and the counts follow. Shops are locked in the order
of their ids, so that two corrections never wait for each other.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Conflict, Invalid
from tracker.outbox import actions as outbox
from tracker.places import actions
from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.workflows.setup.shops import checked_position, location_of


@transaction.atomic
def move_shop(*, shop_id: int, lat: object, lon: object, by: User, at: datetime) -> Shop:
    """Put a shop where it stands. `lat`, `lon` in decimal degrees; Invalid outside the cities."""
    check_may(by, Action.CORRECT_SHOP)
    lat_e7, lon_e7 = checked_position(lat, lon)
    shop = _locked(shop_id)[shop_id]
    location = location_of(lat_e7, lon_e7, shop.address)
    actions.move_shop(shop=shop, lat_e7=lat_e7, lon_e7=lon_e7, location=location, by=by, at=at)
    _follow(kind="shop_moved", shop=shop, changed=[shop.pk], by=by, at=at)
    return shop


@transaction.atomic
def reclassify_shop(*, shop_id: int, segment: Segment, by: User, at: datetime) -> Shop:
    """File a shop under another segment; nothing happens where it is filed there already."""
    check_may(by, Action.CORRECT_SHOP)
    shop = _locked(shop_id)[shop_id]
    if shop.segment != segment:
        actions.reclassify_shop(shop=shop, segment=segment, by=by, at=at)
        _follow(kind="shop_filed", shop=shop, changed=[shop.pk], by=by, at=at)
    return shop


@transaction.atomic
def merge_shops(*, shop_id: int, into_id: int, by: User, at: datetime) -> Shop:
    """Two listed shops are one: the visits of the first count for the second. Can be undone.

    Conflict where either is merged already, Invalid for a shop and itself.
    """
    check_may(by, Action.CORRECT_SHOP)
    if shop_id == into_id:
        raise Invalid(_("A shop cannot be merged into itself. Choose the other one."))
    shops = _locked(shop_id, into_id)
    shop, into = shops[shop_id], shops[into_id]
    if shop.merged_into_id or into.merged_into_id:
        raise Conflict(_("One of the two is already merged into another shop. Split it first."))
    changed = actions.merge_shop(shop=shop, into=into, by=by, at=at)
    _follow(kind="shop_merged", shop=shop, changed=[*changed, into_id], by=by, at=at)
    return shop


@transaction.atomic
def split_shop(*, shop_id: int, by: User, at: datetime) -> Shop:
    """Undo a merge. Conflict where the shop is not merged."""
    check_may(by, Action.CORRECT_SHOP)
    shop = _locked(shop_id)[shop_id]
    if shop.merged_into_id is None:
        raise Conflict(_("This shop is not merged into another one."))
    before = shop.merged_into_id
    actions.split_shop(shop=shop, by=by, at=at)
    _follow(kind="shop_split", shop=shop, changed=[shop.pk, before], by=by, at=at)
    return shop


def _locked(*shop_ids: int) -> dict[int, Shop]:
    """Shops by id, held until the transaction ends; Shop.DoesNotExist names a missing one."""
    rows = Shop.objects.select_for_update(no_key=True).filter(pk__in=shop_ids).order_by("pk")
    shops = {shop.pk: shop for shop in rows}
    for shop_id in shop_ids:
        if shop_id not in shops:
            raise Shop.DoesNotExist(f"there is no shop {shop_id}")
    return shops


def _follow(*, kind: str, shop: Shop, changed: list[int], by: User, at: datetime) -> None:
    """The counts of every shop concerned follow; the log says where the shop counts now."""
    for shop_id in changed:
        outbox.put(handler="refresh_shop", about=shop_id, at=at)
    log.record(
        kind=kind,
        actor=by,
        subject_type="shop",
        subject_id=shop.pk,
        at=at,
        facts={
            "segment": shop.segment,
            "grid125": shop.grid125,
            "merged_into": shop.merged_into_id,
        },
    )
