"""What an extract leaves out, and what may not be done with it: on the page and in the workbook."""

from django.utils.translation import gettext_lazy as _

NOTES = (
    _(
        "One row is one approved visit. Left out: the fieldworker, photos, notes, the name "
        "and position of the shop, the time of day and every ID used in other files."
    ),
    _(
        "Rows are sorted by their columns. Shop keys are generated anew for every extract, "
        "so that two extracts cannot be joined."
    ),
    _(
        "A shop may still be identifiable where its 250 m square has few of its kind. Use "
        "the rows only for the purpose you stated, do not pass them on, and delete them when "
        "you are done."
    ),
)
