"""Every sentence of the interface has its words in Japanese and in simplified Chinese."""

import re

import pytest
from django.conf import settings

from config.catalogs import LANGUAGES, kept, untranslated

pytestmark = pytest.mark.once


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated(language: str) -> None:
    assert untranslated(settings.BASE_DIR, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language: str) -> None:
    for message in kept(settings.BASE_DIR, language):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        for text in texts if ids[0] else ():
            assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", ids[-1]))
