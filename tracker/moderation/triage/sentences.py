"""What a flag says, in the reader's language."""

from typing import Protocol

from django.utils import formats
from django.utils.translation import gettext as _

from tracker.moderation.triage.table import FLAGS, HOW_ALIKE
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait

Fact = str | int | float


class Raised(Protocol):
    """A kept flag, or a finding."""

    @property
    def code(self) -> str: ...
    @property
    def number(self) -> float: ...
    @property
    def limit(self) -> float: ...
    @property
    def facts(self) -> dict[str, Fact]: ...


class SentenceWords(dict[str, str]):
    """What a sentence names; a flag of an earlier version of its rule may lack a word."""

    def __missing__(self, name: str) -> str:
        return "–"


def title_of(code: str) -> str:
    """The name of a flag; a code of former days stands for itself."""
    return str(FLAGS[code].title) if code in FLAGS else code


def sentence_of(flag: Raised) -> str:
    """Why the flag was raised, with its number."""
    kind = FLAGS.get(flag.code)
    if kind is None:
        return _("Raised by a rule that is no longer in use: %(code)s.") % {"code": flag.code}
    words = SentenceWords(
        {name: _shown(name, value, kind.digits) for name, value in flag.facts.items()}
    )
    words |= {"number": _digits(flag.number, kind.digits), "limit": _limit(flag.limit)}
    return str(kind.sentence) % words


def false_alarm_of(code: str) -> str:
    """When the flag is known to be wrong; "" for a code of former days."""
    return str(FLAGS[code].false_alarm) if code in FLAGS else ""


def _shown(name: str, value: Fact, digits: int) -> str:
    if name == "trait" and value in TRAITS:
        return str(Trait(str(value)).label)
    if name == "how" and value in HOW_ALIKE:
        return str(HOW_ALIKE[str(value)])
    return _digits(value, digits) if isinstance(value, float) else str(value)


def _digits(value: float, digits: int) -> str:
    return str(formats.number_format(round(value, digits), 0 if value == int(value) else digits))


def _limit(value: float) -> str:
    """A chance stands as it is, everything else with at most one decimal."""
    if 0 < value < 0.1:
        return str(value)
    return _digits(value, 1)
