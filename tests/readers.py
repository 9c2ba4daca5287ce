"""`python -m tests.readers BIN`: programs that nobody here wrote read every file of a release.

`BIN` is the folder of an environment with requirements-interop.txt. frictionless judges the
package, pandas and DuckDB read the CSV, GDAL's ogrinfo the GeoJSON, LibreOffice the workbook; each
must find the rows, the sums and the Japanese that Python's reader finds in the CSV for programs.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from tests.stack import running_stack
from tracker.months import month_of, quarter_text

PROGRAMS = {"ogrinfo": "gdal-bin", "soffice": "libreoffice-calc"}  # with their Debian packages
NAME = "渋谷区"
# Rows, shops observed in all of them, and how often the name stands there.
TOLD = "print(rows, observed, named)"
PANDAS = f"""
import sys, pandas
found = pandas.read_csv(sys.argv[1], dtype={{"geo_code": str}}, encoding=sys.argv[2])
rows, observed = len(found), int(found["n_observed"].sum())
named = int((found["geo_name_ja"] == "{NAME}").sum())
{TOLD}
"""
PANDAS_PARQUET = PANDAS.replace(
    'read_csv(sys.argv[1], dtype={"geo_code": str}, encoding=sys.argv[2])',
    "read_parquet(sys.argv[1])",
)
DUCKDB = f"""
import sys, duckdb
rows, observed, named = duckdb.sql(
    "SELECT count(*), sum(n_observed), count(*) FILTER (WHERE geo_name_ja = '{NAME}') "
    f"FROM {{sys.argv[2]}}(?)", params=[sys.argv[1]]).fetchall()[0]
{TOLD}
"""
# Comma, quotes, UTF-8, from line 1, formatted as shown; the last field: only the first sheet.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,0"


@dataclass(frozen=True)
class Told:
    """What a program found in a table."""

    rows: int
    observed: int
    named: int


def main(bin_folder: str) -> int:
    """A demonstration is released, and read. Says what each program found."""
    if missing := [PROGRAMS[name] for name in PROGRAMS if shutil.which(name) is None]:
        print("install first:", *missing)
        return 1
    with tempfile.TemporaryDirectory() as name:
        os.environ["RELEASE_ROOT"] = f"{name}/releases"
        release = made(Path(name))
        wanted = told_by_csv(release / "adoption.csv", "utf-8")
        found = all_readings(Path(bin_folder).resolve(), release, Path(name))
        package = judged(Path(bin_folder), next(release.glob("*.zip")))
        features = all(has_every_feature(path) for path in release.glob("*.geojson"))
    print(wanted)
    for reader, told in found.items():
        print(f"{reader}: {'the same' if told == wanted else told}")
    print("frictionless:", package or "nothing to say against the package")
    print("ogrinfo:", "every feature of every layer" if features else "features are missing")
    is_read = all(told == wanted for told in found.values()) and wanted.named > 0
    return 0 if is_read and features and not package else 1


def made(folder: Path) -> Path:
    """The folder of a release of the quarter that ended last."""
    with running_stack(folder) as stack:
        stack.manage("demo", "--shops", "600", "--months", "14")
        done = stack.manage("publish", quarter_text(month_of(timezone.now()) - 3))
        print(done.stdout, done.stderr[-500:], flush=True)
    return next(Path(os.environ["RELEASE_ROOT"]).iterdir())


def told_by_csv(path: Path, encoding: str) -> Told:
    """By Python's own reader."""
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.DictReader(file))
    observed = sum(int(row["n_observed"] or 0) for row in rows)
    return Told(len(rows), observed, sum(row["geo_name_ja"] == NAME for row in rows))


def all_readings(programs: Path, release: Path, folder: Path) -> dict[str, Told]:
    """Every table as a program reads it."""
    python, table = str(programs / "python"), str(release / "adoption.csv")
    excel, parquet = f"{release}/adoption-excel.csv", f"{release}/adoption.parquet"
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office"]
    said = run(*office, "--convert-to", AS_CSV, "--outdir", str(folder), f"{release}/adoption.xlsx")
    if not (folder / "adoption.csv").exists():
        raise FileNotFoundError(said)
    return {
        "pandas": in_numbers(run(python, "-c", PANDAS, table, "utf-8")),
        "pandas, the file for Excel": in_numbers(run(python, "-c", PANDAS, excel, "utf-8-sig")),
        "pandas, Parquet": in_numbers(run(python, "-c", PANDAS_PARQUET, parquet)),
        "DuckDB": in_numbers(run(python, "-c", DUCKDB, table, "read_csv")),
        "DuckDB, Parquet": in_numbers(run(python, "-c", DUCKDB, parquet, "read_parquet")),
        "LibreOffice": told_by_csv(folder / "adoption.csv", "utf-8"),
    }


def in_numbers(text: str) -> Told:
    return Told(*(int(word) for word in text.split()))


def judged(programs: Path, package: Path) -> str:
    """What frictionless has to say against the data package; "" where nothing."""
    command = [str(programs / "frictionless"), "validate", str(package), "--type", "package"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def has_every_feature(path: Path) -> bool:
    """Whether GDAL counts as many features as the file holds."""
    wanted = len(json.loads(path.read_text(encoding="utf-8"))["features"])
    found = re.search(r"Feature Count: (\d+)", run("ogrinfo", "-ro", "-al", "-so", str(path)))
    print(f"{path.name}: {wanted} features")
    return found is not None and int(found[1]) == wanted


def run(*words: str) -> str:
    """The output of a program; CalledProcessError where it fails, with its words on the screen."""
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
