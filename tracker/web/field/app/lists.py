"""The closed lists of the survey as the shell of the field app draws them."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.fieldwork.entry import NOTE_LIMIT
from tracker.languages import LANGUAGES, html_code, in_language
from tracker.places.atlas.cities import City, wards_of
from tracker.places.kinds import Segment
from tracker.survey.answers import Answer, Evidence, NoPhoto
from tracker.survey.outcomes import Outcome
from tracker.survey.route_specs import QUESTION
from tracker.survey.traits import Trait
from tracker.web.entries.till import route_help, route_picks

SIGNS = {Answer.YES: "○", Answer.NO: "✕", Answer.UNSURE: "？"}
FLOORS = ("B2F", "B1F", "1F", "2F", "3F", "4F", "5F")


def lists() -> dict[str, object]:
    """Everything `templates/field/app/` loops over, in the language of the request."""
    return {
        "traits": [_trait(trait) for trait in Trait],
        "answers": [(answer.value, str(answer.label), sign) for answer, sign in SIGNS.items()],
        "answer_help": _answer_help(),
        "till_question": in_language(QUESTION),
        "routes": route_picks(),
        "route_help": route_help(),
        "evidence": evidence_picks(),
        "outcomes": [choice for choice in Outcome.choices if choice[0] != Outcome.ANSWERED],
        "no_photo": NoPhoto.choices,
        "segments": Segment.choices,
        "floors": FLOORS,
        "languages": [(code, html_code(code), name) for code, name in LANGUAGES.items()],
        "note_limit": NOTE_LIMIT,
        "cities": [(str(city.label), _wards_of(city)) for city in City],
    }


def evidence_picks() -> list[tuple[str, str, str]]:
    """Value, a word that fits a quarter of a small screen, and the whole label."""
    short = {
        Evidence.DOOR_SIGN: pgettext("evidence", "Door"),
        Evidence.TILL_SIGN: pgettext("evidence", "Till"),
        Evidence.ASKED: pgettext("evidence", "Asked"),
        Evidence.SAW_PAID: pgettext("evidence", "Paid"),
    }
    return [(way.value, short[way], str(way.label)) for way in Evidence]


def _trait(trait: Trait) -> dict[str, str]:
    spec = trait.spec
    return {
        "value": trait.value,
        "label": str(trait.label),
        "also": in_language(spec.also) if spec.also else "",
        "question": in_language(spec.question),
        "help": in_language(spec.help),
    }


def _answer_help() -> list[tuple[str, str, str, str]]:
    """Value, label, sign, and when to give this answer."""
    meaning = {
        Answer.YES: _("You saw the sign, saw somebody pay, or were told so in the shop."),
        Answer.NO: _("You looked at the door and the till, or asked, and there is none."),
        Answer.UNSURE: _("You could not see the till, or what you saw is not clear."),
    }
    return [(a.value, str(a.label), sign, meaning[a]) for a, sign in SIGNS.items()]


def _wards_of(city: City) -> list[tuple[str, str]]:
    """Code and name of each ward."""
    return [(ward.code, in_language(ward.names)) for ward in wards_of(city)]
