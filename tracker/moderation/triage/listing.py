"""The table of flags as Markdown, for docs/desk.md. Pure."""

from django.utils import translation

from tracker.moderation.triage.table import FLAGS, FlagKind

BEGIN = "<!-- flags: compared with tracker/moderation/triage/table.py -->"
END = "<!-- end of flags -->"


def flag_table() -> str:
    """One row a flag, in English: code, version, weight, what it says, its known false alarm."""
    head = [
        "| flag | version | weight | says | known false alarm |",
        "|---|---|---|---|---|",
    ]
    with translation.override("en"):
        return "\n".join([*head, *(_row(kind) for kind in FLAGS.values())])


def _row(kind: FlagKind) -> str:
    weight = f"{kind.weight:g}"
    if kind.strong != kind.weight:
        weight += f" / {kind.strong:g}"
    sentence = str(kind.sentence).replace("%%", "%").replace("%(", "(").replace(")s", ")")
    return f"| `{kind.code}` | {kind.version} | {weight} | {sentence} | {kind.false_alarm} |"


def with_table(document: str) -> str:
    """The document with the part between the two markers written anew."""
    before, rest = document.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{flag_table()}\n{END}{after}"
