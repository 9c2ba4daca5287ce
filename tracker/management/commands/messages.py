"""`manage.py messages`: collect the strings of the interface, compile the translations."""

import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from config import catalogs


class Command(BaseCommand):
    help = "Bring tracker/locale up to date with the code, or compile it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["collect", "compile", "check"])

    def handle(self, *args: object, **options: object) -> None:
        base = settings.BASE_DIR
        if options["act"] == "collect":
            catalogs.update(base)
        if options["act"] == "compile":
            for path in catalogs.compile_all(base):
                self.stdout.write(str(path.relative_to(base)))
        if options["act"] == "check":
            self._check()

    def _check(self) -> None:
        missing = [
            f"{language} {line}"
            for language in catalogs.LANGUAGES
            for line in catalogs.untranslated(settings.BASE_DIR, language)
        ]
        self.stdout.write("\n".join(missing))
        if missing:
            sys.exit(1)
