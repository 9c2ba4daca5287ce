"""Two people for every figure: nobody judges an own entry, whatever role they have now."""

from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.errors import Refused
from tracker.fieldwork.models import Visit


def may_judge(person: User, visit: Visit) -> bool:
    """Whether the entry is somebody else's."""
    return visit.worker_id != person.pk


def check_may_judge(person: User, visit: Visit) -> None:
    """Raise Refused where `may_judge` says no."""
    if not may_judge(person, visit):
        raise Refused(_("You logged this entry yourself. Another moderator must decide."))
