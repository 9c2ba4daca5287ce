"""What a release says otherwise than the one before it."""

import csv
from collections.abc import Iterator
from pathlib import Path

POINT = 0.01
FIRST = 200  # are kept; the number of all is told
KEY = ("period", "geo_level", "geo_code", "segment", "measure")


def changes_between(before: Path, after: Path, *, of: str) -> dict[str, object]:
    """Cells whose estimate moved by more than a point; both are files of `adoption.csv`.

    Returns `{"of": the release before, "cells": how many moved, "first": some of them}`.
    A cell that has an estimate in one of them only is no move.
    """
    known = dict(_estimates(before))
    moved = []
    for key, estimate in _estimates(after):
        past = known.get(key)
        if past is not None and abs(estimate - past) > POINT + 1e-9:
            moved.append(dict(zip(KEY, key, strict=True)) | {"before": past, "after": estimate})
    return {"of": of, "cells": len(moved), "first": moved[:FIRST]}


def _estimates(path: Path) -> Iterator[tuple[tuple[str, ...], float]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["estimate"]:
                yield tuple(row[name] for name in KEY), float(row["estimate"])
