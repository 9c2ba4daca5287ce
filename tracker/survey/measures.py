"""What is counted, as choices: each trait, and unions of traits."""

from django.db.models import TextChoices

from tracker.languages import in_language_lazy
from tracker.survey.specs import MEASURE_SPECS, UNIONS


class Measure(TextChoices):
    """The label is the name in the language of the reader. A member is named after its code."""

    _ignore_ = ["members", "one"]
    members = vars()
    for one in MEASURE_SPECS:
        members[one.code.upper()] = one.code, in_language_lazy(one.names)


FIRST_MEASURE, SECOND_MEASURE, *_others = Measure  # shown, and compared, where nobody chose
EITHER_WALLET = Measure["EITHER_WALLET"]
WALLETS = tuple(Measure(trait) for trait in UNIONS[EITHER_WALLET.value].traits)
