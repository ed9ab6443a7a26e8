package dev.bulkhead.e2e;

import io.questdb.Bootstrap;
import io.questdb.DefaultBootstrapConfiguration;
import io.questdb.ServerMain;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Reads the raw table of a telemetry directory that no server has open, and counts.
final class RawSamples implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> OFF =
      List.of(
          "http.enabled",
          "http.min.enabled",
          "pg.enabled",
          "line.tcp.enabled",
          "line.udp.enabled",
          "telemetry.enabled",
          "posthog.enabled",
          "config.reload.enabled",
          "mat.view.enabled");

  private final ServerMain server;
  private final CairoEngine engine;

  /// One sample.
  record Row(Instant at, double value) {}

  /// @param state the state directory of an `up` that has stopped
  RawSamples(Path state) {
    server =
        new ServerMain(
            new Bootstrap(
                new Quiet(), "-d", state.resolve("server").resolve("telemetry").toString()));
    engine = server.getEngine();
    server.start();
    final var samples = engine.verifyTableName("samples");
    final var sequencer = engine.getTableSequencerAPI();
    Awaitility.await("all that was committed can be read")
        .atMost(PATIENCE)
        .until(() -> sequencer.getTxnTracker(samples).getWriterTxn() >= sequencer.lastTxn(samples));
  }

  /// A host's samples of one series, in order of time.
  List<Row> list(String host, String series) {
    final List<Row> rows = new ArrayList<>();
    select(
        "SELECT ts, value FROM samples WHERE host = '%s' AND series = '%s' ORDER BY ts"
            .formatted(host, series),
        row ->
            rows.add(
                new Row(
                    Instant.EPOCH.plus(row.getTimestamp(0), ChronoUnit.MICROS), row.getDouble(1))));
    return rows;
  }

  /// How many rows of the whole table stand for a sample that another row stands for too.
  long duplicates() {
    final List<Long> counts = new ArrayList<>();
    select("SELECT count() FROM samples", row -> counts.add(row.getLong(0)));
    select(
        "SELECT count() FROM (SELECT DISTINCT ts, tenant, host, series FROM samples)",
        row -> counts.add(row.getLong(0)));
    return counts.getFirst() - counts.getLast();
  }

  /// How many rows there are.
  long count() {
    final List<Long> counts = new ArrayList<>();
    select("SELECT count() FROM samples", row -> counts.add(row.getLong(0)));
    return counts.getFirst();
  }

  /// The keys of all series that begin like this.
  Set<String> series(String prefix) {
    final Set<String> keys = new TreeSet<>();
    select(
        "SELECT DISTINCT series FROM samples",
        row -> {
          final String key = String.valueOf(row.getSymA(0));
          if (key.startsWith(prefix)) {
            keys.add(key);
          }
        });
    return keys;
  }

  private interface Visitor {
    void visit(io.questdb.cairo.sql.Record row);
  }

  private void select(String query, Visitor visitor) {
    final var variables = new BindVariableServiceImpl(engine.getConfiguration());
    try (var context =
            new SqlExecutionContextImpl(engine, 1)
                .with(AllowAllSecurityContext.INSTANCE, variables);
        var factory = engine.select(query, context);
        var cursor = factory.getCursor(context)) {
      final var row = cursor.getRecord();
      while (cursor.hasNext()) {
        visitor.visit(row);
      }
    } catch (SqlException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /// No listener, no log of its own on the console, no site.
  private static final class Quiet extends DefaultBootstrapConfiguration {
    @Override
    public Map<String, String> getEnv() {
      return Stream.concat(
              OFF.stream().map(key -> key + "=false"), Stream.of("cairo.commit.mode=sync"))
          .map(line -> line.split("=", 2))
          .collect(
              Collectors.toUnmodifiableMap(
                  parts -> ServerMain.propertyPathToEnvVarName(parts[0]), parts -> parts[1]));
    }

    @Override
    public String getBanner() {
      return "";
    }

    @Override
    public boolean useSite() {
      return false;
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
