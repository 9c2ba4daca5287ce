"""What the page of a map, its drawings and the addresses behind it say of every area."""

import json
import re
from html.parser import HTMLParser

from django.test import Client

from tests.publication.equality.files import csv_rows, figure_in
from tests.publication.equality.world import Figure, Shown
from tracker.publication.drawing.styles import PAPER

TIERS = {"reliable": "reliable", "wide": "wide", "not enough data": "too_few"}
TIERS |= {"not surveyed": "not_surveyed"}
SENTENCE = re.compile(r"(\d+)%, between (\d+)% and (\d+)%, ([\d,]+) shops?")
TOO_FEW = re.compile("not enough data \\(n = (\\d+)\\)")


class Reading(HTMLParser):
    """Collects the rows of tables, and the areas of drawings, that carry a code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self.signs: dict[str, list[str]] = {}  # fills and tags of what is drawn for an area
        self._code = ""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self._inside = tag
        if tag in ("tr", "g"):
            self._code = facts.get("data-code", "")
        if not self._code:
            return
        if tag == "g":
            self.titles[self._code], self.signs[self._code] = "", []
        elif tag == "tr":
            self.rows[self._code] = []
        elif tag == "td":
            self.rows[self._code].append("")
        elif tag in ("path", "circle"):
            self.signs[self._code].append(tag if tag == "circle" else facts.get("fill", "stroke"))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        if tag in ("tr", "g"):
            self._code = ""

    def handle_data(self, data: str) -> None:
        if self._code and self._inside == "td":
            self.rows[self._code][-1] += data
        if self._code and self._inside == "title":
            self.titles[self._code] += data


def in_table(row: list[str]) -> Shown:
    """Share, interval, n and reliability as the cells of a row."""
    share, interval, n, tier = row
    number = int(n.replace(",", ""))
    if share == "–":
        assert interval == "–"
        return Shown(number, None, None, None, TIERS[tier])
    low, high = interval.split("–")
    return Shown(number, _whole(share), _whole(low), _whole(high), TIERS[tier])


def _whole(text: str) -> int:
    assert text[-1] == "%"
    return int(text[:-1])


def in_drawing(title: str, signs: list[str]) -> Shown:
    """Its sentence, and the tier that its fill and its signs show."""
    said = title.split(": ", 1)[1]
    if said == "not surveyed":
        assert signs == [PAPER]
        return Shown(0, None, None, None, "not_surveyed")
    if found := TOO_FEW.fullmatch(said):
        assert signs[1] in ("url(#few)", "circle")
        return Shown(int(found[1]), None, None, None, "too_few")
    found = SENTENCE.fullmatch(said)
    assert found, title
    share, low, high, n = found.groups()
    is_wide = signs[1:] in (["url(#wide)"], ["stroke", "stroke"])
    assert is_wide or len(signs) == 1
    tier = "wide" if is_wide else "reliable"
    return Shown(int(n.replace(",", "")), int(share), int(low), int(high), tier)


def shown_by(client: Client, query: str) -> dict[str, dict[str, Shown]]:
    """Table of the page, drawing in it, SVG: area → what is shown."""
    page = Reading(text_of(client, f"/explore?view=map&{query}"))
    drawing = Reading(text_of(client, f"/map.svg?{query}"))
    return {
        "page": {code: in_table(row) for code, row in page.rows.items()},
        "drawing in the page": _drawn(page),
        "SVG": _drawn(drawing),
    }


def given_by(client: Client, query: str) -> dict[str, dict[str, Figure]]:
    """The two CSV behind a map, and the two forms of the API: area → the figure given."""
    api = f"/api/v1/adoption/?{query}"
    answer = json.loads(text_of(client, f"{api}&limit=1000"))
    assert answer["next"] is None
    texts = {
        "CSV of the map": text_of(client, f"/data/adoption.csv?{query}"),
        "the same for Excel": text_of(client, f"/data/adoption.csv?{query}&for=excel"),
        "API as CSV": text_of(client, f"{api}&format=csv"),
    }
    rows = {"API": answer["results"]} | {name: csv_rows(text) for name, text in texts.items()}
    return {
        name: {str(row["geo_code"]): figure_in(row) for row in found}
        for name, found in rows.items()
    }


def _drawn(reading: Reading) -> dict[str, Shown]:
    signs = reading.signs
    return {code: in_drawing(title, signs[code]) for code, title in reading.titles.items()}


def text_of(client: Client, address: str) -> str:
    """The text of an answer, streamed or not, without the mark of a file for Excel."""
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, address
    streamed = getattr(answer, "streaming_content", None)
    data = b"".join(streamed) if answer.streaming else answer.content  # type: ignore[arg-type]
    return data.decode("utf-8-sig")
