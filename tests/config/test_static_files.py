"""What is taken out of scripts on their way to the phone, and what is not."""

import pytest

from config.static_files import without_comments

pytestmark = pytest.mark.once


def test_comments_on_lines_of_their_own_go() -> None:
    script = "/** Says\n * what.\n */\n// why\nexport const a = 1;\n  // inside\nconst b = 2;\n"
    assert without_comments(script) == "export const a = 1;\nconst b = 2;\n"


@pytest.mark.parametrize(
    "line",
    [
        'const address = "https://example.org/*";\n',
        "const half = a / 2; // behind code\n",
        "const pattern = /\\/\\*/;\n",
        "call(/* in between */ 1);\n",
    ],
)
def test_what_stands_in_a_line_of_code_stays(line: str) -> None:
    assert without_comments(line) == line


def test_indents_go_where_no_text_goes_over_several_lines() -> None:
    assert without_comments("if (a) {\n  b();\n}\n") == "if (a) {\nb();\n}\n"
    text = "const long = `one\n  two`;\n  c();\n"
    assert without_comments(text) == text
