"""What flags say: with their number, in the reader's language."""

import pytest
from django.utils import translation

from tests.moderation.triage.makers import at, entry, facts
from tracker.moderation.triage.facts import Finding
from tracker.moderation.triage.place import far
from tracker.moderation.triage.sentences import false_alarm_of, sentence_of, title_of
from tracker.moderation.triage.table import FLAGS

EXAMPLES: dict[str, dict[str, str | int | float]] = {
    "travel": {"metres": 900},
    "accuracy": {"accuracy": 7},
    "walk": {"metres": 310},
    "burst": {"seconds": 180, "metres": 20},
    "batch": {"metres": 400},
    "photo_same": {"visit": 12},
    "photo_near": {"visit": 12, "how": "cropped"},
    "flip_flop": {"trait": "alipay"},
    "conflict": {"trait": "alipay", "traits": 1},
    "twin_shop": {"name": "千歳屋", "shop": 3},
    "uniform": {"n": 60},
    "copies": {"n": 60, "expected": 21.4},
    "mix": {"n": 60, "expected": 3.0},
    "shortest": {"n": 60, "share": 93},
    "chain": {"n": 12, "trait": "chinese_staff"},
}


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans"])
@pytest.mark.parametrize("code", FLAGS)
def test_every_flag_has_a_sentence_in_every_language(code: str, language: str) -> None:
    example = Finding(code, 7.0, 60.0, 1.0, dict(EXAMPLES.get(code, {})))
    with translation.override(language):
        sentence = sentence_of(example)
        assert "%" not in sentence.replace(" %", "").replace("93%", "").replace("7%", "").replace(
            "60%", ""
        )
        assert title_of(code)
        assert false_alarm_of(code)


def test_the_number_and_the_limit_are_said() -> None:
    found = far(facts(entry(fixes=(at(north=222, accuracy=10),))))
    assert found is not None
    words = "212 m from the shop after subtracting the accuracy; the limit is 60 m."
    assert sentence_of(found) == words


def test_a_word_that_an_earlier_version_of_the_rule_did_not_keep_is_left_open() -> None:
    assert "opposite answer to – 3 days before" in sentence_of(Finding("conflict", 3, 14, 1.0, {}))


def test_a_trait_a_chance_and_a_way_are_said_in_words() -> None:
    conflict = Finding("conflict", 3.2, 14, 1.0, {"trait": "alipay"})
    assert "opposite answer to Alipay 3 days before" in sentence_of(conflict)
    copies = Finding("copies", 50, 0.001, 1.0, {"n": 60, "expected": 21.4})
    assert sentence_of(copies).endswith("(probability under 0.001).")
    near = Finding("photo_near", 98.4, 96.0, 2.0, {"visit": 5, "how": "mirrored"})
    sentence = sentence_of(near)
    assert "matches that of entry 5 of another shop by 98 % (mirrored; " in sentence


def test_a_flag_of_former_days_still_says_something() -> None:
    old = Finding("moonlight", 1, 1, 1.0, {})
    assert "moonlight" in sentence_of(old)
    assert (title_of("moonlight"), false_alarm_of("moonlight")) == ("moonlight", "")
