"""`manage.py add_person NAME --role ROLE`: the first admin, and anybody after."""

import sys
from argparse import ArgumentParser
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.accounts.roles import Role
from tracker.errors import TrackerError
from tracker.workflows.people import people


class Command(BaseCommand):
    help = "Make an account. The password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--password-stdin", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        password = sys.stdin.readline().strip() if options["password_stdin"] else getpass()
        try:
            person = people.create_person(
                username=str(options["name"]),
                role=Role(str(options["role"])),
                password=password,
                by=None,
                at=timezone.now(),
            )
        except TrackerError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{person.username} may now sign in as {person.role}")
