"""What is counted, as choices: each trait, and unions of traits."""

from django.db.models import TextChoices
from django.utils.functional import Promise, lazy

from tracker.languages import in_language, in_language_lazy
from tracker.survey.by_rule import SUFFIX
from tracker.survey.shapes import Words
from tracker.survey.specs import MEASURE_SPECS, RULE_SPECS, RULE_UNION_SPECS, UNION_SPECS, UNIONS


def _explained(names: Words, help_: Words) -> str:
    return f"{in_language(names)} — {in_language(help_)}"


_explained_lazy = lazy(_explained, str)
EXPLAINED = {
    spec.code: _explained_lazy(spec.names, spec.help) for spec in (*UNION_SPECS, *RULE_UNION_SPECS)
} | {spec.code: _explained_lazy(spec.names, spec.help) for spec in RULE_SPECS}


class Measure(TextChoices):
    """The label is the name in the language of the reader. A member is named after its code."""

    _ignore_ = ["members", "one"]
    members = vars()
    for one in MEASURE_SPECS:
        members[one.code.upper()] = one.code, in_language_lazy(one.names)

    @property
    def is_by_rule(self) -> bool:
        """Whether it follows from routes and rules; else it was seen, asked or paid with."""
        return self.value.endswith(SUFFIX)

    @property
    def explained(self) -> str | Promise:
        """The name, and of what is made of several traits which shops count."""
        return EXPLAINED.get(self.value, self.label)


FIRST_MEASURE, SECOND_MEASURE, *_others = Measure  # shown, and compared, where nobody chose
EITHER_WALLET = Measure["EITHER_WALLET"]
WALLETS = tuple(Measure(trait) for trait in UNIONS[EITHER_WALLET.value].traits)
