"""What is changed in a source to make a mutant: mutmut's operators, and a few of ours.

Ours are there for what decides here and mutmut does not touch: an entry left out of a table, a
field left out of a digest, a guard turned round, a call that records or checks left out.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
from libcst import matchers as m
from mutmut.mutation.mutators import mutation_operators, operator_string

Operator = Callable[[Any], Iterable[cst.CSTNode]]
# Words for people and for programmers: other tests hold that each sentence is there.
WORDS = {"_", "gettext", "gettext_lazy", "ngettext", "ValueError", "TypeError", "TypeVar"}
SAID = m.Call(func=m.OneOf(*(m.Name(word) for word in WORDS)))
LOGGED = m.Call(func=m.Attribute(value=m.Name("logger") | m.Name("logging")))
# Never mutated, nor anything inside: types, imports, texts of messages, lines of the log.
LEFT_ALONE = m.OneOf(
    m.Annotation(),
    m.Import(),
    m.ImportFrom(),
    SAID,
    LOGGED,
    m.BinaryOperation(left=SAID, operator=m.Modulo()),
    m.SimpleStatementLine(body=[m.Expr(m.SimpleString())]),
    m.SimpleStatementLine(body=[m.Expr(LOGGED)]),
)


def without_element(node: cst.List | cst.Tuple | cst.Set | cst.Dict) -> Iterator[cst.CSTNode]:
    """Each element of a display left out."""
    elements: list[Any] = list(node.elements)
    for place in range(len(elements)):
        rest = elements[:place] + elements[place + 1 :]
        if rest or not isinstance(node, cst.Set):
            parens: dict[str, Any] = {}
            if isinstance(node, cst.Tuple) and not rest:
                parens = {"lpar": [cst.LeftParen()], "rpar": [cst.RightParen()]}
            yield node.with_changes(elements=rest, **parens)


def without_statement(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    """A call whose result nobody takes, or a raise, left out."""
    if len(node.body) == 1 and m.matches(node.body[0], m.Expr(m.Call()) | m.Raise()):
        yield node.with_changes(body=[cst.Pass()])


def turned_round(node: cst.If) -> Iterator[cst.CSTNode]:
    """A guard that lets through what it stopped."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(
        test=cst.UnaryOperation(cst.Not(), test),
        whitespace_before_test=cst.SimpleWhitespace(" "),
    )


def without_condition(node: cst.CompFor) -> Iterator[cst.CSTNode]:
    """A condition of a comprehension left out."""
    for place in range(len(node.ifs)):
        yield node.with_changes(ifs=[*node.ifs[:place], *node.ifs[place + 1 :]])


def without_decorator(node: cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """A decorator of a function left out."""
    for place in range(len(node.decorators)):
        rest = [*node.decorators[:place], *node.decorators[place + 1 :]]
        yield node.with_changes(decorators=rest)


def one_of_the_strings(node: cst.BaseString) -> Iterator[cst.CSTNode]:
    """The first of mutmut's three: who notices XX notices another case too."""
    yield from list(operator_string(node))[:1]


OPERATORS: list[tuple[type | tuple[type, ...], Operator]] = [
    *((kind, operator) for kind, operator in mutation_operators if operator is not operator_string),
    (cst.BaseString, one_of_the_strings),
    ((cst.List, cst.Tuple, cst.Set, cst.Dict), without_element),
    (cst.SimpleStatementLine, without_statement),
    (cst.If, turned_round),
    (cst.CompFor, without_condition),
    (cst.FunctionDef, without_decorator),
]


def changes_of(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Every node that may stand in the place of this one."""
    for kind, operator in OPERATORS:
        if isinstance(node, kind):
            yield from operator(node)
