"""Make accounts and change their role."""

from tracker.accounts.models import User
from tracker.vocabulary import Role


def create_person(*, username: str, role: Role, password: str | None) -> User:
    """A new account; without a password nobody can sign in to it by form."""
    return User.objects.create_user(username=username, password=password, role=role)


def set_role(*, person: User, role: Role, is_active: bool) -> None:
    person.role = role
    person.is_active = is_active
    person.save(update_fields=["role", "is_active"])


def set_letter_keys(*, person: User, are_on: bool) -> None:
    person.letter_keys = are_on
    person.save(update_fields=["letter_keys"])
