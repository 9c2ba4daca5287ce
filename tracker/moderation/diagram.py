"""The state machine of a visit as a Mermaid diagram, drawn from the table of moves. Pure."""

from tracker.moderation.transitions import MOVES, NEW_REVISION

BEGIN = "<!-- states: drawn by `manage.py draw_states` -->"
END = "<!-- end of states -->"


def state_diagram() -> str:
    """Mermaid text: one arrow per move and start, with who may make it."""
    arrows = [
        f"    {start} --> {end}: {move}, {role}{' (new revision)' if move in NEW_REVISION else ''}"
        for move, (starts, end, role) in MOVES.items()
        for start in sorted(starts)
    ]
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> submitted: submit, fieldworker"]
    return "\n".join([*lines, *arrows, "    withdrawn --> [*]", "```"])


def with_diagram(document: str) -> str:
    """The document with the part between the two markers drawn anew."""
    before, rest = document.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{state_diagram()}\n{END}{after}"
