"""The modules of the field app in one file: fifty requests less, and a quarter of the bytes.

A module stays a module of its own: a function that runs when it is first asked for, in the order
in which a browser would run it. Only the few forms of `import` and `export` that our modules use
are known; every other one stops the collecting of static files.
"""

import posixpath
import re
from collections.abc import Callable, Iterator

# `$` begins no name of ours, so nothing in a module can hide these.
HEAD = """\
const $how = {}, $made = {};
const $use = (name) => $made[name] ??= $how[name]();
const $later = async (name) => $use(name);
"""
NAMES = r"\{([^{}]*)\}"
IMPORT = re.compile(rf'^[ \t]*import\s*{NAMES}\s*from\s*"(\.[^"]+)";', re.MULTILINE)
PASSED_ON = re.compile(rf'^[ \t]*export\s*{NAMES}\s*from\s*"(\.[^"]+)";', re.MULTILINE)
LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
LIST = re.compile(rf"^[ \t]*export\s*{NAMES};", re.MULTILINE)
DECLARED = re.compile(r"^export (?=(?:const|class|(?:async )?function) (\w+))", re.MULTILINE)
LEFT = re.compile(
    r"^[ \t]*(?:import|export)\b.*|\bimport[.(].*|\$(?:how|made|use|later)\b.*", re.MULTILINE
)


class UnknownForm(ValueError):
    """A module cannot be joined; the message names it and the line."""


def join(first: str, read: Callable[[str], str]) -> tuple[str, set[str]]:
    """One script that does what `first` does, and the names of all modules in it.

    `read` gives the text of a module by its name, a path: `field/app.js`. The script exports
    `use(name)`, which gives what a module exports.
    """
    done: dict[str, str] = {}
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name in done:
            continue
        text = read(name)
        done[name] = _as_function(name, text)
        waiting += _imports_of(name, text)
    body = "".join(done[name] for name in sorted(done))
    return f'{HEAD}{body}$use("{first}");\nexport {{ $use as use }};\n', set(done)


def _imports_of(name: str, text: str) -> Iterator[str]:
    for form in (IMPORT, PASSED_ON):
        yield from (_path(name, found[1]) for found in form.findall(text))
    yield from (_path(name, found) for found in LATER.findall(text))


def _path(name: str, written: str) -> str:
    """The name of the module that another one writes as `./x.js`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), written))


def _as_function(name: str, text: str) -> str:
    given = {found: found for found in DECLARED.findall(text)}
    for names in LIST.findall(text):
        given |= {told: own for own, told in _pairs(names)}
    for names, _from in PASSED_ON.findall(text):
        given |= {told: told for _own, told in _pairs(names)}
    text = PASSED_ON.sub(lambda found: _taken(name, *found.groups()), text)
    text = IMPORT.sub(lambda found: _taken(name, *found.groups()), text)
    text = LATER.sub(lambda found: f'$later("{_path(name, found[1])}")', text)
    text = DECLARED.sub("", LIST.sub("", text))
    if left := LEFT.search(re.sub(r"\$(use|later)\(\"", "", text)):
        raise UnknownForm(f"{name}: {left[0].strip()}")
    exports = ", ".join(told if told == own else f"{told}: {own}" for told, own in given.items())
    return f'$how["{name}"] = () => {{\n{text}\nreturn {{ {exports} }};\n}};\n'


def _taken(name: str, names: str, written: str) -> str:
    parts = (told if told == own else f"{own}: {told}" for own, told in _pairs(names))
    return f'const {{ {", ".join(parts)} }} = $use("{_path(name, written)}");'


def _pairs(names: str) -> Iterator[tuple[str, str]]:
    """`a, b as c` → (a, a), (b, c)."""
    for part in filter(None, (one.strip() for one in names.split(","))):
        own, _as, told = part.partition(" as ")
        yield own.strip(), (told or own).strip()
