"""A mutant of what runs at import: a fork that has not imported Noren yet does so, changed."""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, ModuleType

import pytest


class _Loader(SourceFileLoader):
    def __init__(self, name: str, file: str, source: str) -> None:
        super().__init__(name, file)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(self.source, self.path, "exec")
        return code


class Finder(MetaPathFinder):
    """Finds one module, with another source than its file's."""

    def __init__(self, module: str, file: str, source: str) -> None:
        self.module, self.file, self.source = module, file, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.module:
            return None
        loader = _Loader(fullname, self.file, self.source)
        return spec_from_file_location(fullname, self.file, loader=loader)


def cold_trial(module: str, file: str, source: str, words: list[str]) -> Callable[[], int]:
    """Import the changed module and run pytest with these words."""

    def run() -> int:
        if module in sys.modules:
            raise RuntimeError(f"{module} is imported already, without its mutant")
        sys.meta_path.insert(0, Finder(module, file, source))
        return int(pytest.main([*words, "-x"]))

    return run
