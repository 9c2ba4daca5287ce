"""A fieldworker finds a shop that nobody has listed."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Invalid
from tracker.fieldwork.parked import ParkedEntry
from tracker.fieldwork.queries import waiting_for_shop
from tracker.languages import one_of
from tracker.outbox import actions as outbox
from tracker.places import actions
from tracker.places.atlas.cities import City
from tracker.places.imports.rows import RowProblem, position
from tracker.places.kinds import Segment
from tracker.places.locating import Location, locate
from tracker.places.models import Shop


def register_shop(
    *,
    uuid: UUID,
    name: str,
    segment: Segment,
    lat: object,
    lon: object,
    floor: str,
    address: str,
    by: User,
    at: datetime,
) -> Shop:
    """Store a new shop; the same UUID again gives the same shop.

    `lat` and `lon` are decimal degrees. Raises Invalid where they lie outside the cities.
    """
    check_may(by, Action.REGISTER_SHOP)
    if (known := _known(uuid)) is not None:
        return known
    lat_e7, lon_e7 = checked_position(lat, lon)
    location = location_of(lat_e7, lon_e7, address)
    try:
        with transaction.atomic():
            shop = actions.create_shop(
                uuid=uuid,
                name=name,
                segment=segment,
                lat_e7=lat_e7,
                lon_e7=lon_e7,
                location=location,
                floor=floor,
                address=address,
                by=by,
                at=at,
            )
            return _on_the_log(shop, by, at)
    except IntegrityError:
        if (known := _known(uuid)) is None:
            raise  # some other rule of the database was broken
        return known  # the same form, sent twice at once


def _known(uuid: UUID) -> Shop | None:
    return Shop.objects.filter(uuid=uuid).first()


def _on_the_log(shop: Shop, by: User, at: datetime) -> Shop:
    log.record(kind="shop_registered", actor=by, subject_type="shop", subject_id=shop.pk, at=at)
    # Asked while the log's head is ours: an entry held at this moment looks after us.
    if ParkedEntry.objects.filter(waits_for=waiting_for_shop(shop.uuid)).exists():
        outbox.put(handler="place_held", about=waiting_for_shop(shop.uuid), at=at)
    return shop


def checked_position(lat: object, lon: object) -> tuple[int, int]:
    """Decimal degrees as 1e-7 degrees; Invalid with the reason and what to do."""
    try:
        return position(lat, lon)
    except RowProblem as problem:
        raise Invalid(
            _("The position is not valid: %(reason)s.") % {"reason": problem}, field="lat"
        ) from problem


def location_of(lat_e7: int, lon_e7: int, address: str) -> Location:
    """Where a point lies; Invalid outside the cities."""
    location = locate(lat_e7, lon_e7, address)
    if location.city is None:
        raise Invalid(
            _("This position is not in %(cities)s. Check it.")
            % {"cities": one_of([str(city.label) for city in City])},
            field="lat",
        )
    return location
