package dev.bulkhead.server.telemetry.questdb;

import java.util.List;

/// The tables. Keys are symbols, after a measurement: docs/adr/0004-telemetry-store.md.
///
/// Retention: raw 8 days, minutes 32 days, quarters of an hour a year, hours two years. A roll-up
/// reads the one below it, so that keeping it costs a fraction of reading the raw table again; sums
/// and counts travel instead of averages because they add up.
final class Schema {
  static final String SAMPLES = "samples";
  static final String CATALOGUE = "series_seen";

  /// Late samples reach into roll-ups for a week only: an interval that is refreshed after its raw
  /// rows have expired could lose them in the roll-up too.
  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS samples (
            ts TIMESTAMP,
            tenant SYMBOL CAPACITY 256 CACHE,
            host SYMBOL CAPACITY 4096 CACHE INDEX,
            series SYMBOL CAPACITY 4096 CACHE,
            value DOUBLE
          ) TIMESTAMP(ts) PARTITION BY DAY TTL 8 DAYS WAL
          DEDUP UPSERT KEYS(ts, tenant, host, series)
          """,
          """
          CREATE TABLE IF NOT EXISTS series_seen (
            ts TIMESTAMP,
            tenant SYMBOL CAPACITY 256 CACHE,
            host SYMBOL CAPACITY 4096 CACHE,
            series SYMBOL CAPACITY 4096 CACHE
          ) TIMESTAMP(ts) PARTITION BY MONTH TTL 25 MONTHS WAL
          DEDUP UPSERT KEYS(ts, tenant, host, series)
          """,
          """
          CREATE MATERIALIZED VIEW IF NOT EXISTS rollup_1m REFRESH EVERY 1m DEFERRED AS (
            SELECT ts, tenant, host, series,
              sum(value) total, count() n, min(value) low, max(value) high
            FROM samples SAMPLE BY 1m
          ) PARTITION BY DAY TTL 32 DAYS
          """,
          """
          CREATE MATERIALIZED VIEW IF NOT EXISTS rollup_15m REFRESH EVERY 5m DEFERRED AS (
            SELECT ts, tenant, host, series,
              sum(total) total, sum(n) n, min(low) low, max(high) high
            FROM rollup_1m SAMPLE BY 15m
          ) PARTITION BY MONTH TTL 12 MONTHS
          """,
          """
          CREATE MATERIALIZED VIEW IF NOT EXISTS rollup_1h REFRESH EVERY 15m DEFERRED AS (
            SELECT ts, tenant, host, series,
              sum(total) total, sum(n) n, min(low) low, max(high) high
            FROM rollup_15m SAMPLE BY 1h
          ) PARTITION BY MONTH TTL 24 MONTHS
          """,
          "ALTER MATERIALIZED VIEW rollup_1m SET REFRESH LIMIT 7 DAYS",
          "ALTER MATERIALIZED VIEW rollup_15m SET REFRESH LIMIT 8 DAYS",
          "ALTER MATERIALIZED VIEW rollup_1h SET REFRESH LIMIT 8 DAYS");

  static final List<String> VIEWS = List.of("rollup_1m", "rollup_15m", "rollup_1h");

  private Schema() {}
}
