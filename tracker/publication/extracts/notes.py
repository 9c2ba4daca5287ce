"""What an extract leaves out, and what may not be done with it: on the page and in the workbook."""

from django.utils.translation import gettext_lazy as _

NOTES = (
    _(
        "One row is one approved visit. Left out are: the fieldworker, photos, notes, the name of "
        "the shop, its position, the time of day and every identity that other files have."
    ),
    _(
        "Rows stand in the order of their columns. Shop keys are made anew for every extract, so "
        "that two extracts cannot be joined."
    ),
    _(
        "A shop can still be guessed where its 250 m square has few of its kind. Use the rows for "
        "the purpose you stated, do not pass them on, and delete them when you are done."
    ),
)
