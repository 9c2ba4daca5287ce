"""How a release is cited, what it is, and under which licence: said in every file the same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from tracker.languages import all_of
from tracker.places.atlas.cities import cities_in_words, short_names
from tracker.publication.figures.licence import LICENCE
from tracker.publication.files.languages import in_languages


@dataclass(frozen=True)
class Citation:
    """`url` is where the release is read; `credits` are the sources that took part."""

    release: str
    made_on: date
    url: str
    credits: tuple[str | Promise, ...]
    is_invented: bool = False

    def title(self) -> str:
        return _("Adoption of Alipay and WeChat Pay in %(cities)s") % {"cities": cities_in_words()}

    def line(self) -> str:
        """One line for a list of references, in the active language."""
        return _("Noren. %(title)s, release %(release)s, %(date)s. %(url)s. CC BY 4.0.") % {
            "title": self.title(),
            "release": self.release,
            "date": self.made_on.isoformat(),
            "url": self.url,
        }

    def warning(self) -> str:
        return _("Demo data. Do not cite.") if self.is_invented else ""

    def bibtex(self) -> str:
        """An entry for a bibliography; braces keep capitals."""
        return (
            f"@misc{{noren{self.release.replace('-', '_')},\n"
            "  author = {{Noren}},\n"
            f"  title = {{Adoption of {{Alipay}} and {{WeChat Pay}} in {_braced_cities()}}},\n"
            f"  year = {{{self.made_on.year}}},\n"
            f"  version = {{{self.release}}},\n"
            f"  url = {{{self.url}}},\n"
            "  note = {CC BY 4.0}\n"
            "}\n"
        )

    def cff(self) -> str:
        """CITATION.cff, version 1.2.0; in English, as its first line is."""
        with override("en"):
            title = self.title()
        lines = [
            "cff-version: 1.2.0",
            'message: "If you use these figures, please cite them as below."',
            "type: dataset",
            f'title: "{title}"',
            "authors:",
            '  - name: "Noren"',
            f'version: "{self.release}"',
            f"date-released: {self.made_on.isoformat()}",
            f'url: "{self.url}"',
            f"license: {LICENCE}",
        ]
        return "\n".join(lines) + "\n"

    def head(self) -> dict[str, str]:
        """What a JSON or GeoJSON file says of itself."""
        found = {
            "release": self.release,
            "made_on": self.made_on.isoformat(),
            "citation": self.line(),
            "license": LICENCE,
            "source": "; ".join(map(str, self.credits)),
            "url": self.url,
        }
        return found | ({"warning": self.warning()} if self.is_invented else {})

    def lines(self) -> list[str]:
        """The citation in each language, then BibTeX."""
        return [*in_languages(self.line).values(), "", *self.bibtex().splitlines()]

    def notes(self) -> list[str]:
        """What a reader should know, in each language."""
        found: list[str] = []
        for words in in_languages(lambda: "\n".join(self._notes())).values():
            found += [*words.splitlines(), ""]
        return found

    def _notes(self) -> Iterator[str]:
        yield self.title()
        if self.is_invented:
            yield self.warning()
        yield _(
            "A share is the number of shops with a live status of yes divided by the number "
            "of shops with a live status, with the 95 % Wilson interval."
        )
        yield _(
            "A status is the latest approved answer of yes or no; it expires twelve months after "
            "the month of the visit."
        )
        yield _(
            "Where fewer than 10 shops were observed or the margin of error is over ±20 "
            "points, n_yes, estimate and interval are empty and obs_status is Q. Empty never "
            "means zero."
        )
        yield _("The shops are not a random sample of all shops; see the method.")
        yield _("Licence: CC BY 4.0. Sources: %(credits)s") % {
            "credits": "; ".join(map(str, self.credits))
        }


def _braced_cities() -> str:
    """{Tokyo}, {Osaka} and {Kyoto}, in English."""
    with override("en"):
        return all_of([f"{{{name}}}" for name in short_names()])
