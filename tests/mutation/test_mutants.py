"""What is changed, what is left alone, and that each change can be found again."""

import pytest

from tests.mutation.mutants import mutants_of

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]


def now(source: str) -> set[str]:
    return {mutant.now for mutant in mutants_of(source)}


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("A = {1, 2}", {"A = {2}", "A = {1, }", "A = {2, 2}", "A = {1, 3}", "A = None"}),
        ("A = (x, y)", {"A = (y,)", "A = (x, )", "A = None"}),
        ('A = {"a": x}', {"A = {}", 'A = {"XXaXX": x}', "A = None"}),
        ("A = [x for x in y if x]", {"A = [x for x in y]", "A = None"}),
        ("if a and b:\n    c()", {"if not (a and b):", "if a or b:", "pass"}),
        ("a.split(b)\nraise c", {"pass", "a.split(None)"}),
        ("@a\ndef f(): return 1", {"", "def f(): return 2"}),
    ],
)
def test_tables_guards_and_calls_are_changed(source: str, mutants: set[str]) -> None:
    assert now(source) == mutants


@pytest.mark.parametrize(
    "source",
    [
        "import a",
        "from a import b",
        '"""Words."""',
        "a: dict[str, int]",
        "def f(a: int) -> bool: pass",
        "for x, y in z: pass",
        'logger.info("words %s", a)',
        'a = _("words %(b)s") % {"b": b}',
    ],
)
def test_types_imports_and_words_are_left_alone(source: str) -> None:
    assert now(source) <= {"a = None"}


def test_a_mutant_is_named_by_where_it_is_and_what_it_was() -> None:
    source = "class A:\n    @b\n    def f(self):\n        return 1\n\n    c = 1\n"
    found = {(mutant.of, mutant.was, mutant.now, mutant.nth) for mutant in mutants_of(source)}
    assert ("A.f", "return 1", "return 2", 1) in found
    assert ("A", "c = 1", "c = 2", 1) in found
    lines = {mutant.now: mutant.lines for mutant in mutants_of(source)}
    assert lines["return 2"] == range(2, 5)  # a function begins with its decorators
    assert lines["c = 2"] == range(0)  # runs at import


def test_the_same_change_in_two_places_is_counted() -> None:
    found = mutants_of("def f():\n    a(1)\n    a(1)\n")
    twice = [(mutant.nth, mutant.source.split("\n")) for mutant in found if "a(2)" in mutant.now]
    assert [nth for nth, _lines in twice] == [1, 2]
    assert [lines.index("    a(2)") for _nth, lines in twice] == [1, 2]


def test_a_mutant_changes_nothing_else() -> None:
    source = "# first\nA = 1  # a\n\n\ndef f():\n    return 1  # b\n\n\n# last\n"
    for mutant in mutants_of(source):
        assert mutant.source.replace(mutant.now, mutant.was) == source
