"""Every mutant of one source: where it is, what it was, what it is now, and the whole new text."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import libcst as cst
from libcst import matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider

from tests.mutation.operators import LEFT_ALONE, changes_of

Key = tuple[str, str, str, int]


@dataclass(frozen=True)
class Mutant:
    """One change. `of`, `was`, `now` and `nth` name it as long as its lines stay the same."""

    of: str  # function or class it lies in
    was: str
    now: str
    nth: int  # where the same change can be made several times
    lines: range  # of the function whose body it lies in; none: it runs at import
    source: str

    @property
    def key(self) -> Key:
        return self.of, self.was, self.now, self.nth


class Place(NamedTuple):
    """A node, and all it lies in from the module down."""

    node: cst.CSTNode
    above: tuple[cst.CSTNode, ...]

    @property
    def chain(self) -> tuple[cst.CSTNode, ...]:
        return *self.above, self.node


def mutants_of(source: str) -> list[Mutant]:
    """In order of the source; none that does not compile, is the same program, or stands twice."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    module, positions = wrapper.module, wrapper.resolve(PositionProvider)
    named: Counter[tuple[str, str, str]] = Counter()
    found = []
    for number, statement in enumerate(module.body):
        above = (*module.header, *module.body[:number])
        head = "".join(module.code_for_node(part) for part in above)
        before = module.code_for_node(statement)
        tail = source.removeprefix(head + before)
        seen = {None, _program_of(before)}
        for place in _places(statement, ()):
            for new in changes_of(place.node):
                changed = new if place.node is statement else _with(statement, place.node, new)
                after = module.code_for_node(changed)
                program = _program_of(after)
                if program in seen:
                    continue
                seen.add(program)
                name = _name_of(place), *_difference(before, after)
                named[name] += 1
                lines = _lines(positions, place)
                text = head + after + tail
                found.append(Mutant(*name, named[name], lines, text))
    return found


def _places(node: cst.CSTNode, above: tuple[cst.CSTNode, ...]) -> Iterator[Place]:
    if m.matches(node, LEFT_ALONE):
        return
    if not (above and getattr(above[-1], "target", None) is node):  # a name given is no value
        yield Place(node, above)
    for child in node.children:
        yield from _places(child, (*above, node))


def _with(statement: Any, node: cst.CSTNode, new: cst.CSTNode) -> cst.CSTNode:
    changed: cst.CSTNode = statement.deep_replace(node, new)
    return changed


def _program_of(source: str) -> str | None:
    """The syntax tree as text: the same for sources that only look different."""
    try:
        tree = ast.parse(source)
        compile(tree, "mutant", "exec")
    except (SyntaxError, ValueError):
        return None
    return ast.dump(tree)


def _difference(before: str, after: str) -> tuple[str, str]:
    """The lines between those that are the same at the beginning and at the end, in one each."""
    old, new = before.splitlines(), after.splitlines()
    first = _same(old, new)
    last = _same(old[first:][::-1], new[first:][::-1])
    return _joined(old[first : len(old) - last]), _joined(new[first : len(new) - last])


def _same(some: list[str], others: list[str]) -> int:
    """How many of them are the same from the beginning."""
    pairs = zip(some, others, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other),
        min(len(some), len(others)),
    )


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _name_of(place: Place) -> str:
    named = (part for part in place.chain if isinstance(part, cst.FunctionDef | cst.ClassDef))
    return ".".join(part.name.value for part in named)


def _lines(positions: Any, place: Place) -> range:
    """From the first decorator to the end of the outermost function with the node in its body."""
    for outer, inner in pairwise(place.chain):
        if isinstance(outer, cst.FunctionDef) and outer.body is inner:
            first = positions[outer.decorators[0] if outer.decorators else outer].start.line
            return range(first, positions[outer].end.line + 1)
    return range(0)
