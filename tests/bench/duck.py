"""The same counts by DuckDB over Parquet: windows for the spans, one sum per level."""

import json
import sys
import time
from pathlib import Path

import duckdb
import numpy as np

from tests.bench.town import ANSWERS, OUTCOMES, SEGMENTS, Town

SPANS = """
CREATE TABLE spans AS
WITH v AS (
  SELECT shop, id, observed, received,
         (year(observed + INTERVAL 9 HOUR) * 12 + month(observed + INTERVAL 9 HOUR) - 1)::INT AS m,
         outcome IN ('closed_for_good', 'replaced') AS ending, alipay, wechat_pay, chinese_staff
  FROM '{folder}/visits.parquet'),
known AS (
  {each_trait}),
ordered AS (
  SELECT shop, measure, m AS first, ending, yes,
         least(m + 12, coalesce(lead(m) OVER (
           PARTITION BY shop, measure ORDER BY observed, received, id) - 1, m + 12)) AS last
  FROM known)
SELECT shop, measure, first, last, yes FROM ordered WHERE NOT ending AND last >= first
"""
ONE_TRAIT = """SELECT shop, {number} AS measure, m, ending, {trait} = 'yes' AS yes,
  observed, received, id FROM v WHERE ending OR {trait} IN ('yes', 'no')"""
EVENTS = """
CREATE TABLE events AS
WITH e AS (
  SELECT shop, measure, first AS m, 1 AS o, yes::INT AS y FROM spans
  UNION ALL SELECT shop, measure, last + 1, -1, -(yes::INT) FROM spans),
w AS (
  SELECT shop, m,
         sum(CASE WHEN measure = 0 THEN o ELSE 0 END) AS ao,
         sum(CASE WHEN measure = 0 THEN y ELSE 0 END) AS ay,
         sum(CASE WHEN measure = 1 THEN o ELSE 0 END) AS wo,
         sum(CASE WHEN measure = 1 THEN y ELSE 0 END) AS wy
  FROM e WHERE measure < 2 GROUP BY shop, m),
r AS (
  SELECT shop, m, sum(ao) OVER p AS ao, sum(ay) OVER p AS ay,
         sum(wo) OVER p AS wo, sum(wy) OVER p AS wy
  FROM w WINDOW p AS (PARTITION BY shop ORDER BY m)),
s AS (
  SELECT shop, m, ao * wo AS o, ao * wo * greatest(ay, wy) AS one, ao * wo * ay * wy AS both
  FROM r),
d AS (
  SELECT shop, m, o - coalesce(lag(o) OVER q, 0) AS o, one - coalesce(lag(one) OVER q, 0) AS one,
         both - coalesce(lag(both) OVER q, 0) AS both
  FROM s WINDOW q AS (PARTITION BY shop ORDER BY m))
SELECT shop, measure, m, o, y FROM e
UNION ALL SELECT shop, 3, m, o, one FROM d WHERE o <> 0 OR one <> 0
UNION ALL SELECT shop, 4, m, o, both FROM d WHERE o <> 0 OR both <> 0
"""
CHANGES = """
CREATE TABLE changes AS
WITH fine AS (
  SELECT s.city, s.ward, s.grid125 // 10 AS grid250, s.segment, measure, m,
         sum(o)::INT AS o, sum(y)::INT AS y
  FROM events JOIN '{folder}/shops.parquet' s ON s.id = events.shop GROUP BY ALL),
g250 AS (SELECT grid250 AS area, segment, measure, m, sum(o) AS o, sum(y) AS y
         FROM fine GROUP BY ALL),
g500 AS (SELECT area // 10 AS area, segment, measure, m, sum(o) AS o, sum(y) AS y
         FROM g250 GROUP BY ALL),
g1000 AS (SELECT area // 10 AS area, segment, measure, m, sum(o) AS o, sum(y) AS y
          FROM g500 GROUP BY ALL),
wards AS (SELECT ward AS area, segment, measure, m, sum(o) AS o, sum(y) AS y
          FROM fine WHERE ward > 0 GROUP BY ALL),
cities AS (SELECT city AS area, segment, measure, m, sum(o) AS o, sum(y) AS y
           FROM fine GROUP BY ALL),
every AS (
  SELECT 'grid250' AS level, * FROM g250 UNION ALL SELECT 'grid500', * FROM g500
  UNION ALL SELECT 'grid1000', * FROM g1000 UNION ALL SELECT 'ward', * FROM wards
  UNION ALL SELECT 'city', * FROM cities),
with_all AS (
  SELECT * FROM every
  UNION ALL SELECT level, area, 'all', measure, m, sum(o), sum(y) FROM every GROUP BY ALL)
SELECT level, area::BIGINT AS area, segment, measure, m, o::INT AS o, y::INT AS y
FROM with_all WHERE o <> 0 OR y <> 0
"""
COUNTS = """
CREATE TABLE counts AS
SELECT level, area, segment, measure, m, sum(o) OVER p AS o, sum(y) OVER p AS y
FROM changes WINDOW p AS (PARTITION BY level, area, segment, measure ORDER BY m)
"""
CHECKSUM = """
SELECT count(*), bit_xor(hash(level, area, segment, measure::INT, m::INT, o::INT, y::INT))
FROM {table}
"""
TRAITS = ("alipay", "wechat_pay", "chinese_staff")


def write_parquet(town: Town, folder: Path) -> None:
    """shops.parquet and visits.parquet, as an analyst would be given them."""
    shops = {
        "id": np.arange(1, len(town.city) + 1), "segment": SEGMENTS[town.segment],
        "city": town.city, "ward": town.ward, "grid125": town.grid125,
    }  # fmt: skip
    visits = {
        "id": np.arange(1, len(town.shop) + 1), "shop": town.shop,
        "observed": town.observed.astype("M8[us]"), "received": town.received.astype("M8[us]"),
        "outcome": OUTCOMES[town.outcome],
        **{trait: ANSWERS[town.answers[number]] for number, trait in enumerate(TRAITS)},
    }  # fmt: skip
    with duckdb.connect() as connection:
        for name, columns in (("shops", shops), ("visits", visits)):
            connection.register("columns", columns)
            target = folder / f"{name}.parquet"
            connection.execute(f"COPY (SELECT * FROM columns) TO '{target}'")  # noqa: S608


def count(folder: Path) -> dict[str, object]:
    """Count on two threads; seconds of the whole, and what must be equal."""
    each_trait = "\n  UNION ALL ".join(
        ONE_TRAIT.format(number=number, trait=trait) for number, trait in enumerate(TRAITS)
    )
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        started = time.perf_counter()
        for statement in (SPANS, EVENTS, CHANGES, COUNTS):
            connection.execute(statement.format(folder=folder, each_trait=each_trait))
        seconds = time.perf_counter() - started
        rows, checksum = connection.execute(CHECKSUM.format(table="changes")).fetchone() or (0, 0)
    return {"seconds": seconds, "rows": rows, "checksum": checksum}


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
