"""The permission table: action × role. It drives the guards and the tests that walk every route.

`ANY` allows the act on everything, `OWN` on what the person made, no entry denies it.
A moderator's `ANY` for DECIDE still stops at own entries: see moderation.actions.
"""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.errors import Refused

Person = User | AnonymousUser


class Scope(StrEnum):
    OWN = "own"
    ANY = "any"


class Action(StrEnum):
    READ_PUBLISHED = "read_published"  # headline, map, table, CSV, API: open to all
    TAKE_EXTRACT = "take_extract"  # single approved visits without names, for a purpose
    PUBLISH = "publish"  # make, check, publish and withdraw a release
    SIGN_IN = "sign_in"
    OPEN_FIELD_APP = "open_field_app"  # its shell, which holds nobody's data; who is signed in
    KEEP_OWN_ACCOUNT = "keep_own_account"
    FIND_SHOP = "find_shop"
    REGISTER_SHOP = "register_shop"
    LOG_VISIT = "log_visit"
    SYNC = "sync"  # hand in what a phone has kept
    EDIT_VISIT = "edit_visit"  # before it is judged
    READ_VISIT = "read_visit"
    RESUBMIT_VISIT = "resubmit_visit"
    WITHDRAW_VISIT = "withdraw_visit"
    SEE_PHOTO = "see_photo"
    SEE_QUEUE = "see_queue"
    DECIDE = "decide"
    CORRECT_VISIT = "correct_visit"  # an answer, as a new revision
    REOPEN = "reopen"
    CHECK_DECISIONS = "check_decisions"  # re-reviews; what came of the own ones
    SEE_QUALITY = "see_quality"  # re-interviews: how well two visits agree
    CORRECT_SHOP = "correct_shop"  # move, file anew, merge
    SEE_JOBS = "see_jobs"
    REBUILD = "rebuild"
    SET_RULES = "set_rules"  # what routes at a till give, from when to when
    READ_SHOPS = "read_shops"  # as a list with present answers; by the API
    READ_LOG = "read_log"
    EXPORT_LOG = "export_log"
    SEE_PERSON = "see_person"  # that there is such a person, with which role
    SEE_WORK = "see_work"  # figures of a fieldworker
    END_DEVICE = "end_device"
    KEEP_TOKENS = "keep_tokens"  # make and end own keys for programs
    MANAGE_PEOPLE = "manage_people"
    ACCEPT_INVITATION = "accept_invitation"
    USE_ADMIN = "use_admin"


ANYBODY = "anybody"  # stands for people who are not signed in, and then for everybody

F, M, AN, AD = Role.FIELDWORKER, Role.MODERATOR, Role.ANALYST, Role.ADMIN
PERMISSIONS: dict[Action, dict[str, Scope]] = {
    Action.READ_PUBLISHED: {ANYBODY: Scope.ANY},
    Action.TAKE_EXTRACT: {AN: Scope.OWN, AD: Scope.OWN},
    Action.PUBLISH: {AD: Scope.ANY},
    Action.SIGN_IN: {ANYBODY: Scope.ANY},
    Action.OPEN_FIELD_APP: {ANYBODY: Scope.ANY},
    Action.KEEP_OWN_ACCOUNT: {F: Scope.OWN, M: Scope.OWN, AN: Scope.OWN, AD: Scope.OWN},
    Action.FIND_SHOP: {F: Scope.ANY},
    Action.REGISTER_SHOP: {F: Scope.ANY},
    Action.LOG_VISIT: {F: Scope.OWN},
    Action.SYNC: {F: Scope.OWN},
    Action.EDIT_VISIT: {F: Scope.OWN},
    Action.READ_VISIT: {F: Scope.OWN, M: Scope.ANY, AD: Scope.ANY},
    Action.RESUBMIT_VISIT: {F: Scope.OWN},
    Action.WITHDRAW_VISIT: {F: Scope.OWN},
    Action.SEE_PHOTO: {F: Scope.OWN, M: Scope.ANY, AD: Scope.ANY},
    Action.SEE_QUEUE: {M: Scope.ANY, AD: Scope.ANY},
    Action.DECIDE: {M: Scope.ANY},
    Action.CORRECT_VISIT: {M: Scope.ANY},
    Action.REOPEN: {AD: Scope.ANY},
    Action.CHECK_DECISIONS: {M: Scope.OWN},
    Action.SEE_QUALITY: {M: Scope.ANY, AD: Scope.ANY},
    Action.CORRECT_SHOP: {M: Scope.ANY, AD: Scope.ANY},
    Action.SEE_JOBS: {M: Scope.ANY, AD: Scope.ANY},
    Action.REBUILD: {AD: Scope.ANY},
    Action.SET_RULES: {AD: Scope.ANY},
    Action.READ_SHOPS: {M: Scope.ANY, AN: Scope.ANY, AD: Scope.ANY},
    Action.READ_LOG: {F: Scope.OWN, M: Scope.OWN, AN: Scope.OWN, AD: Scope.ANY},
    Action.EXPORT_LOG: {AD: Scope.ANY},
    Action.SEE_PERSON: {F: Scope.OWN, M: Scope.ANY, AN: Scope.OWN, AD: Scope.ANY},
    Action.SEE_WORK: {F: Scope.OWN, M: Scope.ANY, AD: Scope.ANY},
    Action.END_DEVICE: {F: Scope.OWN, M: Scope.OWN, AN: Scope.OWN, AD: Scope.ANY},
    Action.KEEP_TOKENS: {M: Scope.OWN, AN: Scope.OWN, AD: Scope.OWN},
    Action.MANAGE_PEOPLE: {AD: Scope.ANY},
    Action.ACCEPT_INVITATION: {ANYBODY: Scope.ANY},
    Action.USE_ADMIN: {AD: Scope.ANY},
}


# What remains to a person who leaves: to hand in what is still on the phone.
LEAVING = frozenset({Action.KEEP_OWN_ACCOUNT, Action.SYNC})


def scope_of(person: Person, action: Action) -> Scope | None:
    """How far `person` may go with `action`; None where it is denied."""
    row = PERMISSIONS[action]
    if ANYBODY in row:
        return row[ANYBODY]
    if not isinstance(person, User) or not person.is_active:
        return None
    if person.upload_grace_until is not None and action not in LEAVING:
        return None
    return row.get(person.role)


def may(person: Person, action: Action, *, owner_id: int | None = None) -> bool:
    """Whether `person` may do `action`, on a thing of `owner_id` where there is one."""
    scope = scope_of(person, action)
    if scope is Scope.OWN and owner_id is not None:
        return person.pk == owner_id
    return scope is not None


def check_may(person: Person, action: Action, *, owner_id: int | None = None) -> None:
    """Raise Refused where `may` says no."""
    if not may(person, action, owner_id=owner_id):
        raise Refused(_("Your role does not allow this."))
