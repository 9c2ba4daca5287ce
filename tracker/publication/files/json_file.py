"""JSON of a table: the columns once, then the rows as lists in their order."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.publication.files.columns import Value

TOGETHER = 1000  # rows in one piece


def json_pieces(
    head: Mapping[str, object], names: Sequence[str], rows: Iterable[Sequence[Value]]
) -> Iterator[str]:
    """Pieces of one JSON object: what `head` says, `columns`, `rows`. Missing is null."""
    text = json.dumps({**head, "columns": list(names)}, ensure_ascii=False)
    yield text[:-1] + ', "rows": [\n'
    batch: list[str] = []
    is_first = True
    for row in rows:
        batch.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        if len(batch) == TOGETHER:
            yield ("" if is_first else ",\n") + ",\n".join(batch)
            batch, is_first = [], False
    if batch:
        yield ("" if is_first else ",\n") + ",\n".join(batch)
    yield "\n]}\n"
