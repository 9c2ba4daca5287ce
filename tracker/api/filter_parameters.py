"""The filters of the pages as parameters of the API: every key of a filter, with its values."""

from dataclasses import replace

from django.utils.translation import gettext_lazy

from tracker.api.parameters import Parameter
from tracker.places.atlas.cities import CITY_OF_SLUG
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.publication.figures.filters import KEYS, LEVELS, SEGMENTS
from tracker.survey.measures import FIRST_MEASURE
from tracker.survey.specs import MEASURES

MONTH = "[0-9]{4}-[0-9]{2}"
CITY = Parameter("city", gettext_lazy("One of the cities."), tuple(CITY_OF_SLUG))
MEASURE = Parameter(
    "measure",
    gettext_lazy("What is measured."),
    MEASURES,
    default=FIRST_MEASURE.value,
)
SEGMENT = Parameter(
    "segment", gettext_lazy("Kind of shop, or “all”."), SEGMENTS, default=ALL_SEGMENTS
)
DESCRIBED = (
    replace(CITY, default="tokyo"),
    MEASURE,
    Parameter(
        "level",
        gettext_lazy("Wards, or squares of JIS X 0410."),
        tuple(level.value for level in LEVELS),
        default=AreaLevel.WARD.value,
    ),
    Parameter(
        "month",
        gettext_lazy(
            "Month as YYYY-MM: figures at its end, Tokyo time. Default: the current month."
        ),
        pattern=MONTH,
    ),
    SEGMENT,
    Parameter(
        "as_of",
        gettext_lazy(
            "A past day as YYYY-MM-DD: decisions after it are ignored. "
            "Slow: for checking a figure. “known_on”, its old name, is understood too."
        ),
        pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}",
    ),
)
_BY_NAME = {parameter.name: parameter for parameter in DESCRIBED}
FILTERS = tuple(
    _BY_NAME.get(key, Parameter(key, gettext_lazy("As in the filters beside the map.")))
    for key in KEYS
)
AREA = Parameter(
    "area",
    gettext_lazy(
        "Code of a city or ward (JIS X 0402, 5 digits) or of a square (JIS X 0410, 8 to 10 digits)."
    ),
    pattern="[0-9]{5}|[0-9]{8}[1-4]{0,2}",
    is_required=True,
)
FIRST = Parameter(
    "first", gettext_lazy("First month, YYYY-MM. Default: the first with data."), pattern=MONTH
)
LAST = Parameter(
    "last", gettext_lazy("Last month, YYYY-MM. Default: the current month."), pattern=MONTH
)
SERIES = (AREA, MEASURE, SEGMENT, FIRST, LAST)
