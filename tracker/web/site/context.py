"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from tracker.accounts.permissions import Action, may
from tracker.languages import LANGUAGES, html_code
from tracker.places.atlas.cities import cities_in_words
from tracker.places.queries import has_invented_shops


def site(request: HttpRequest) -> dict[str, object]:
    """Which parts of the site this person may enter, and whether the data are invented."""
    user = getattr(request, "user", None)
    return {
        "demo": settings.DEMO,
        "invented": has_invented_shops(),
        "cities_in_words": cities_in_words,
        "html_language": html_code(get_language() or settings.LANGUAGE_CODE),
        "languages": [(code, html_code(code), name) for code, name in LANGUAGES.items()],
        "may_log": user is not None and may(user, Action.LOG_VISIT),
        "may_judge": user is not None and may(user, Action.SEE_QUEUE),
        "may_decide_here": user is not None and may(user, Action.DECIDE),
        "may_keep_tokens": user is not None and may(user, Action.KEEP_TOKENS),
        "may_administer": user is not None and may(user, Action.USE_ADMIN),
    }
