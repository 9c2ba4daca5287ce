"""Modules joined into one script that does the same; what is not understood is refused."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.joined_modules import IMPORT, PASSED_ON, UnknownForm, _path, join

pytestmark = pytest.mark.once
STATIC = Path(settings.BASE_DIR, "tracker/static")
IDB = Path(settings.NPM_DIR, "idb/build")


def joined(**modules: str) -> str:
    """The script of modules `a.js`, `b.js`, …, beginning with `a.js`."""
    return join("a.js", lambda name: modules[name.removesuffix(".js")])[0]


def real(name: str) -> str:
    folder, path = (IDB, name.removeprefix("idb/")) if name.startswith("idb/") else (STATIC, name)
    return (folder / path).read_text()


def test_what_is_imported_comes_from_the_function_of_its_module() -> None:
    script = joined(
        a='import { one, two as second } from "./b.js";\none(second);\n',
        b="export const one = (x) => x;\nexport function two() {}\n",
    )
    assert 'const { one, two: second } = $use("b.js");' in script
    assert "\nconst one = (x) => x;\nfunction two() {}\n" in script
    assert "return { one, two };" in script
    assert script.endswith('$use("a.js");\nexport { $use as use };\n')


def test_every_form_of_export_is_given_on() -> None:
    script = joined(
        a='export { b, c as d } from "./b.js";\nexport class E {}\nexport async function f() {}\n',
        b="const x = 1, c = 2;\nexport { x as b, c };\n",
    )
    assert 'const { b, c: d } = $use("b.js");' in script
    assert "return { E, f, b, d };" in script
    assert "return { b: x, c };" in script


def test_what_is_imported_later_runs_later() -> None:
    script = joined(a='const go = () => import("./b.js");\n', b="export const n = 1;\n")
    assert 'const go = () => $later("b.js");' in script
    assert '$how["b.js"] = () => {' in script


def test_a_module_that_two_ask_for_is_there_once() -> None:
    script, names = join(
        "f/a.js",
        {
            "f/a.js": 'import { x } from "./s/b.js";\nimport { n } from "../c.js";\nx(n);\n',
            "f/s/b.js": 'import { n } from "../../c.js";\nexport const x = n;\n',
            "c.js": "export const n = 1;\n",
        }.__getitem__,
    )
    assert names == {"f/a.js", "f/s/b.js", "c.js"}
    assert script.count('$how["c.js"] =') == 1
    assert script.count('$use("c.js")') == 2


@pytest.mark.parametrize(
    "line",
    [
        'import all from "./b.js";',
        'import * as all from "./b.js";',
        'import "./b.js";',
        "import { n } from './b.js';",
        "export default 1;",
        "export let n = 1;",
        "export const { n } = all;",
        "export * from './b.js';",
        "const here = import.meta.url;",
        "const later = import(name);",
        "const $use = 1;",
    ],
)
def test_a_form_that_is_not_known_stops_everything(line: str) -> None:
    with pytest.raises(UnknownForm, match=r"^a\.js: "):
        joined(a=line, b="export const n = 1;")


def test_every_name_that_our_modules_import_is_exported() -> None:
    script, names = join("field/app.js", real)
    parts = re.split(r'^\$how\["([^"]+)"\] = ', script, flags=re.MULTILINE)[1:]
    given = {
        name: set(re.findall(r"(\w+)(?:: \w+)?", text.rsplit("return {", 1)[1].split("}")[0]))
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
    lost = [
        (name, wanted, source)
        for name in names
        for form in (IMPORT, PASSED_ON)
        for wanted_names, source in form.findall(real(name))
        for wanted in re.findall(r"(\w+)(?: as \w+)?", wanted_names)
        if wanted not in given[_path(name, source)]
    ]
    assert lost == []
    assert len(names) > 40
