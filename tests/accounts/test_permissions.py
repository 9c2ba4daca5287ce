"""Who may do what, written a second time: the table may change only together with this page.

tests/web/site/test_permission_walk.py holds that every route obeys the table, whatever is in it.
"""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.accounts.permissions import (
    PERMISSIONS,
    Action,
    Person,
    Scope,
    check_may,
    may,
    scope_of,
)
from tracker.accounts.roles import Role
from tracker.errors import Refused

pytestmark = pytest.mark.once
ROLES = (Role.FIELDWORKER, Role.MODERATOR, Role.ANALYST, Role.ADMIN)
# action · fieldworker, moderator, analyst, admin: any, own or - (nothing); "all" for everybody
MATRIX = """
read_published     all
sign_in            all
open_field_app     all
accept_invitation  all
take_extract       -    -    own  own
publish            -    -    -    any
keep_own_account   own  own  own  own
find_shop          any  -    -    -
register_shop      any  -    -    -
log_visit          own  -    -    -
sync               own  -    -    -
edit_visit         own  -    -    -
read_visit         own  any  -    any
resubmit_visit     own  -    -    -
withdraw_visit     own  -    -    -
see_photo          own  any  -    any
see_queue          -    any  -    any
decide             -    any  -    -
correct_visit      -    any  -    -
reopen             -    -    -    any
check_decisions    -    own  -    -
see_quality        -    any  -    any
correct_shop       -    any  -    any
see_jobs           -    any  -    any
rebuild            -    -    -    any
set_rules          -    -    -    any
read_shops         -    any  any  any
read_log           own  own  own  any
export_log         -    -    -    any
see_person         own  any  own  any
see_work           own  any  -    any
end_device         own  own  own  any
keep_tokens        -    own  own  own
manage_people      -    -    -    any
use_admin          -    -    -    any
"""
ROWS = {words[0]: words[1:] for line in MATRIX.split("\n") if (words := line.split())}
OPEN = {action for action, cells in ROWS.items() if cells == ["all"]}


def person(role: Role, **values: Any) -> User:
    """An account that is not saved: nothing here needs a database."""
    return User(pk=7, username="aki", role=role, **values)


def test_the_matrix_speaks_of_every_action() -> None:
    assert set(ROWS) == {action.value for action in Action}
    assert set(PERMISSIONS) == set(Action)
    assert {len(cells) for action, cells in ROWS.items() if action not in OPEN} == {len(ROLES)}


def test_an_action_is_called_by_its_name() -> None:
    """The names stand in templates, in documents and in answers of the API."""
    assert [action.value for action in Action] == [action.name.lower() for action in Action]
    assert [scope.value for scope in Scope] == ["own", "any"]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_matrix_says_and_no_more(role: Role) -> None:
    somebody = person(role)
    for action in Action:
        cells = ROWS[action]
        cell = "any" if action in OPEN else cells[ROLES.index(role)]
        assert scope_of(somebody, action) == (None if cell == "-" else Scope(cell)), action
        assert may(somebody, action) is (cell != "-"), action
        assert may(somebody, action, owner_id=7) is (cell != "-"), action
        assert may(somebody, action, owner_id=8) is (cell == "any"), action


def allowed(who: Person) -> set[str]:
    return {action.value for action in Action if may(who, action)}


def test_who_is_not_signed_in_may_only_what_is_open_to_all() -> None:
    assert allowed(AnonymousUser()) == OPEN
    assert all(may(AnonymousUser(), Action(action), owner_id=8) for action in OPEN)


@pytest.mark.parametrize("role", ROLES)
def test_a_closed_account_is_like_nobody(role: Role) -> None:
    assert allowed(person(role, is_active=False)) == OPEN


@pytest.mark.parametrize("role", ROLES)
def test_who_leaves_may_hand_in_and_keep_the_account_until_it_is_closed(role: Role) -> None:
    stays = {"sync", "keep_own_account"} if role == Role.FIELDWORKER else {"keep_own_account"}
    assert allowed(person(role, upload_grace_until=NOON)) == OPEN | stays


def test_a_refusal_is_raised_with_a_sentence_where_the_answer_is_no() -> None:
    aki = person(Role.FIELDWORKER)
    check_may(aki, Action.EDIT_VISIT)
    check_may(aki, Action.EDIT_VISIT, owner_id=7)
    for action, owner in ((Action.EDIT_VISIT, 8), (Action.DECIDE, None), (Action.DECIDE, 7)):
        with pytest.raises(Refused, match="Your role does not allow this"):
            check_may(aki, action, owner_id=owner)
