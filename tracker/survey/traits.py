"""The traits as choices: what forms, columns and pages go through."""

from django.db.models import TextChoices

from tracker.languages import in_language_lazy
from tracker.survey.shapes import TraitSpec
from tracker.survey.specs import TRAIT_SPECS

_SPECS = {spec.code: spec for spec in TRAIT_SPECS}


class Trait(TextChoices):
    """The label is the name in the language of the reader. A member is named after its code."""

    _ignore_ = ["members", "one"]
    members = vars()
    for one in TRAIT_SPECS:
        members[one.code.upper()] = one.code, in_language_lazy(one.names)

    @property
    def spec(self) -> TraitSpec:
        return _SPECS[self.value]
