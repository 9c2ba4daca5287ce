"""Closed lists of places: segments, levels of areas, sources of wards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Segment(TextChoices):
    DRUGSTORE = "drugstore", _("Drugstore")
    COSMETICS = "cosmetics", _("Cosmetics")
    ELECTRONICS = "electronics", _("Electronics")
    DEPARTMENT_STORE = "department_store", _("Department store")
    FASHION = "fashion", _("Fashion")
    CONVENIENCE = "convenience", _("Convenience store")
    FOOD_SOUVENIR = "food_souvenir", _("Food and souvenirs")
    RESTAURANT = "restaurant", _("Restaurant")
    CAFE = "cafe", _("Café")
    HOTEL = "hotel", _("Hotel")
    OTHER = "other", _("Other")


ALL_SEGMENTS = "all"


class WardSource(TextChoices):
    """How the ward of a shop was known, best first."""

    ADDRESS = "address", _("ward name in the address")
    POSTAL_CODE = "postal_code", _("postal code")
    BOUNDARY = "boundary", _("imported boundary")
    POINT_TABLE = "point_table", _("point look-up")
    SQUARE = "square", _("1 km square that lies in one ward")
    UNRESOLVED = "unresolved", _("unknown")


class AreaLevel(TextChoices):
    CITY = "city", _("City")
    WARD = "ward", _("Ward")
    GRID1000 = "grid1000", _("1 km square")
    GRID500 = "grid500", _("500 m square")
    GRID250 = "grid250", _("250 m square")
