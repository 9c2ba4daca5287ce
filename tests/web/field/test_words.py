"""What the scripts of the field app say has its words in the shell, and nothing else is there."""

import re

import pytest
from django.conf import settings

from tracker.web.field.app.words import words

FOLDER = settings.BASE_DIR / "tracker" / "static" / "field"


def used_keys() -> set[str]:
    """What the scripts ask for; a key that is put together counts by its stem."""
    text = "".join(path.read_text() for path in FOLDER.rglob("*.js"))
    return set(re.findall(r"\bt\(\s*[\"`]([a-z_.]+)", text)) | set(
        re.findall(r"[\"`]((?:error|gps|visit|empty|plan|who|outbox)\.[a-z_]+)[\"`]", text)
    )


@pytest.mark.django_db
def test_every_sentence_of_the_scripts_has_its_words() -> None:
    known = set(words())
    missing = [
        key
        for key in used_keys()
        if key not in known and not (key.endswith(".") and any(k.startswith(key) for k in known))
    ]
    assert missing == []


@pytest.mark.django_db
def test_no_sentence_is_there_for_nobody() -> None:
    text = "".join(path.read_text() for path in FOLDER.rglob("*.js"))
    stems = {key for key in used_keys() if key.endswith(".")}
    idle = [
        key
        for key in words()
        if f'"{key}"' not in text and not any(key.startswith(stem) for stem in stems)
    ]
    assert idle == []
