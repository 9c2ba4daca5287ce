"""The phone folds and compares names exactly as the server does."""

import sys
import unicodedata
from itertools import product

import pytest

from tests.field.phone import Phone
from tracker.places.matching import fold, likeness

pytestmark = [pytest.mark.browser, pytest.mark.once]
NAMES = """\
店|本店|A店|ＳＴＡＲＢＵＣＫＳ 銀座店|ﾏﾂﾓﾄｷﾖｼ 新宿本店|マツモトキヨシ新宿支店
ドン・キホーテ|どんきほーて|Café de l’Ambre
Straße|ÎLE|ΟΔΟΣ|ヴィレッジヴァンガード|ヶ丘薬局|㈱ヨドバシ|ローソン_1号|７‐ＥＬＥＶＥＮ|がぎぐげご|か\u3099き\u3099
💊薬局|𠮷野家 有楽町店|若葉薬局|若葉薬局銀座|双葉薬局
ﬁne|İstanbul|ı|１００均|①番館|Ⅳ|ſ|ŉ|abxcd|abcd|銀座若葉薬局|葉若薬局
""".replace("\n", "|").split("|")
FOLD = (
    "async (all) => { const m = await import('/static/field/names.js'); return all.map(m.fold); }"
)
LIKE = """async (pairs) => {
  const m = await import('/static/field/names.js');
  return pairs.map(([one, other]) => m.likeness(one, other));
}"""


def test_names_fold_alike(phone: Phone) -> None:
    assert phone.page.evaluate(FOLD, NAMES) == [fold(name) for name in NAMES]


def test_every_letter_folds_alike(phone: Phone) -> None:
    letters = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")  # what Python knows
        and "CHEROKEE" not in unicodedata.name(chr(code), "")  # folded to capitals, alone of all
    ]
    found = phone.page.evaluate(FOLD, letters)
    pairs = zip(letters, found, strict=True)
    other = {letter: (hex(ord(letter)), fold(letter), got) for letter, got in pairs
             if fold(letter) != got}  # fmt: skip
    assert other == {}


def test_names_are_as_like_on_both_sides(phone: Phone) -> None:
    folded = [fold(name) for name in NAMES]
    pairs = list(product(folded, folded))
    found = phone.page.evaluate(LIKE, pairs)
    assert found == pytest.approx([likeness(one, other) for one, other in pairs], abs=1e-12)
