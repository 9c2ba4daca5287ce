"""docs/desk.md agrees with the table of flags and the table of rates."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tracker.moderation.sampling import RATES
from tracker.moderation.triage.listing import with_table
from tracker.moderation.triage.standings import SIGNALS
from tracker.moderation.triage.table import FLAGS

pytestmark = pytest.mark.once
DOCS = Path(settings.BASE_DIR) / "docs"


def test_the_page_shows_the_table_of_flags() -> None:
    text = (DOCS / "desk.md").read_text(encoding="utf-8")
    assert with_table(text) == text


def test_every_flag_names_its_known_false_alarm() -> None:
    assert [kind.code for kind in FLAGS.values() if not str(kind.false_alarm).strip()] == []
    assert [code for code, kind in FLAGS.items() if kind.code != code or kind.version < 1] == []


def test_the_page_shows_every_rate_with_its_default() -> None:
    text = (DOCS / "desk.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", text.split("| rate |")[1], re.MULTILINE)
    assert {key: float(value) for key, value in rows} == {
        key: kind.default for key, kind in RATES.items()
    }


def test_the_method_leaves_every_signal_out_once() -> None:
    text = (DOCS / "method.md").read_text(encoding="utf-8").split("## Made-up entries")[1]
    signals, flags = text.split("| flag (signal) |")
    rows = re.findall(r"^\| `(\w+)` \| [\d.]+ % ", signals, re.MULTILINE)
    assert sorted(rows) == sorted(SIGNALS)
    pairs = re.findall(r"^\| `(\w+)` \(`(\w+)`\) \|", flags, re.MULTILINE)
    assert {signal for _flag, signal in pairs} <= set(SIGNALS)
    assert {flag for flag, _signal in pairs} <= set(FLAGS)
