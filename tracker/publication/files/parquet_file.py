"""`python -m tracker.publication.files.parquet_file CSV PARQUET KINDS`: a CSV as Parquet.

An extra that needs pyarrow. It is a program of its own, without Django, so that no other process
has to load what is larger than all the rest together. `KINDS` is JSON: column → string, integer or
number, as in columns.Kind.
"""

import json
import sys

import pyarrow  # type: ignore[import-untyped]  # has no stubs
from pyarrow import csv, parquet

TYPES = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64()}


def write_parquet(source: str, target: str, kinds: dict[str, str]) -> None:
    """Block by block, in constant memory. An empty text stays one; an empty number is null."""
    convert = csv.ConvertOptions(
        column_types={name: TYPES[kind] for name, kind in kinds.items()},
        strings_can_be_null=False,
    )
    with (
        csv.open_csv(source, convert_options=convert) as rows,
        parquet.ParquetWriter(target, rows.schema, compression="zstd") as file,
    ):
        for block in rows:
            file.write_batch(block)


if __name__ == "__main__":
    write_parquet(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
