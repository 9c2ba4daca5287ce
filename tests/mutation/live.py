"""Changing functions that live already, wherever they are held."""

import gc
from collections import Counter
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

OURS = ("tracker.", "tests.")
CACHED = type(lru_cache(len))


class Live:
    """The functions of a file that live in this process, and what ours have worked out already."""

    def __init__(self, file: str) -> None:
        things = gc.get_objects()
        functions = [thing for thing in things if isinstance(thing, FunctionType)]
        self.file = file
        self.functions = [one for one in functions if one.__code__.co_filename == file]
        cached: list[Any] = [thing for thing in things if isinstance(thing, CACHED)]
        self.cached = [one for one in cached if str(one.__module__).startswith(OURS)]
        with open(file, encoding="utf-8") as source:  # noqa: PTH123  # its name as Python knows it
            codes = _codes(compile(source.read(), file, "exec"))
        self.names = {(name[0], code.co_firstlineno): name for name, code in codes.items()}

    def become(self, source: str) -> bool:
        """Give every function its new code; False where one has no counterpart."""
        new = _codes(compile(source, self.file, "exec"))
        for function in self.functions:
            old = function.__code__
            code = new.get(self.names[old.co_qualname, old.co_firstlineno])
            if code is None or len(code.co_freevars) != len(old.co_freevars):
                return False
            function.__code__ = code
        for one in self.cached:
            one.cache_clear()
        return True


def _codes(module: CodeType) -> dict[tuple[str, int], CodeType]:
    """Qualified name, and the how manieth of that name → code, however deep it lies."""
    found: dict[tuple[str, int], CodeType] = {}
    met: Counter[str] = Counter()
    waiting = [module]
    while waiting:
        code = waiting.pop(0)
        met[code.co_qualname] += 1
        found[code.co_qualname, met[code.co_qualname]] = code
        waiting += [const for const in code.co_consts if isinstance(const, CodeType)]
    return found
