package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.TelemetryFailure;
import io.questdb.Bootstrap;
import io.questdb.ServerMain;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// One running QuestDB on one directory. Thread-safe.
final class Engine implements AutoCloseable {
  private static final int NO_SPACE = 28;
  private static final int QUOTA = 122;

  private final DirectoryLock lock;
  private final ServerMain server;
  private final CairoEngine cairo;
  // A query that runs on freed memory ends the process, so closing waits for those that run.
  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private boolean closed;

  private Engine(DirectoryLock lock, ServerMain server) {
    this.lock = lock;
    this.server = server;
    this.cairo = server.getEngine();
  }

  static Engine open(Path directory, InstantSource clock) {
    try {
      prepare(directory);
      var lock = DirectoryLock.take(directory, clock.instant());
      try {
        return new Engine(lock, start(directory));
      } catch (RuntimeException | Error failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new TelemetryFailure.Broken(
          "the telemetry directory %s cannot be used: %s".formatted(directory, failure), failure);
    }
  }

  private static void prepare(Path directory) throws IOException {
    Files.createDirectories(directory);
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
    Files.createDirectories(directory.resolve("log"));
    var configuration = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        configuration.resolve("log.conf"), EngineSettings.logConfiguration(directory));
  }

  // QuestDB throws whatever it meets in a damaged directory, errors of the JVM's memory access too.
  private static ServerMain start(Path directory) {
    @Nullable ServerMain server = null;
    try {
      server = new ServerMain(new Bootstrap(new EngineSettings(), "-d", directory.toString()));
      server.start();
      for (var statement : Schema.TABLES) {
        server.getEngine().execute(statement);
      }
      return server;
    } catch (Exception | CairoError | InternalError failure) {
      abandon(server, failure);
      throw new TelemetryFailure.Corrupt(
          """
          the telemetry store in %s cannot be opened (%s). \
          Move the directory aside to start with an empty history; nothing else depends on it."""
              .formatted(directory, failure.getMessage()),
          failure);
    }
  }

  // A server that did not start cannot be closed, only its engine can.
  private static void abandon(@Nullable ServerMain server, Throwable reason) {
    if (server == null) {
      return;
    }
    try {
      if (server.hasStarted()) {
        server.close();
      } else {
        server.getEngine().close();
      }
    } catch (RuntimeException | CairoError failure) {
      reason.addSuppressed(failure);
    }
  }

  void execute(String statement) {
    whileOpen(
        () -> {
          try {
            cairo.execute(statement);
          } catch (SqlException | CairoException | CairoError failure) {
            throw translate(failure);
          }
        });
  }

  /// Runs a query with parameters `$1…`: strings, or longs for timestamps in microseconds.
  void select(String query, List<?> parameters, RowVisitor visitor) {
    whileOpen(
        () -> {
          try {
            visit(query, parameters, visitor);
          } catch (SqlException | CairoException | CairoError failure) {
            throw translate(failure);
          }
        });
  }

  private void whileOpen(Runnable work) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new TelemetryFailure.Closed();
      }
      work.run();
    } finally {
      life.readLock().unlock();
    }
  }

  private void visit(String query, List<?> parameters, RowVisitor visitor) throws SqlException {
    var variables = new BindVariableServiceImpl(cairo.getConfiguration());
    try (var context =
        new SqlExecutionContextImpl(cairo, 1).with(AllowAllSecurityContext.INSTANCE, variables)) {
      for (var i = 0; i < parameters.size(); i++) {
        switch (parameters.get(i)) {
          case Long micros -> variables.setTimestamp(i, micros);
          case Object text -> variables.setStr(i, text.toString());
        }
      }
      try (var factory = cairo.select(query, context);
          var cursor = factory.getCursor(context)) {
        var row = cursor.getRecord();
        while (cursor.hasNext()) {
          visitor.visit(row);
        }
      }
    }
  }

  /// A writer to a table's log; its owner closes it.
  WalWriter writer(String table) {
    return cairo.getWalWriter(cairo.verifyTableName(table));
  }

  /// Closes all writers that nobody uses, damaged ones among them.
  void closeIdleWriters() {
    cairo.releaseAllWalWriters();
  }

  /// Whether the engine has stopped applying a table's log, as it does when the disk is full.
  boolean isSuspended(String table) {
    return cairo.getTableSequencerAPI().isSuspended(token(table));
  }

  /// Whether everything committed to a table can be read.
  boolean isApplied(String table) {
    var sequencer = cairo.getTableSequencerAPI();
    var token = token(table);
    return sequencer.getTxnTracker(token).getWriterTxn() >= sequencer.lastTxn(token);
  }

  private TableToken token(String table) {
    return cairo.verifyTableName(table);
  }

  /// The failure to tell a caller.
  static TelemetryFailure translate(Throwable failure) {
    if (failure instanceof TelemetryFailure ours) {
      return ours;
    }
    var errno = failure instanceof CairoException cairo ? cairo.getErrno() : 0;
    return errno == NO_SPACE || errno == QUOTA
        ? new TelemetryFailure.Full("the disk of the telemetry store is full", failure)
        : new TelemetryFailure.Broken(
            "the telemetry store failed: " + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        server.close();
        lock.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  /// Reads the row at the cursor; the row is not valid afterwards.
  @FunctionalInterface
  interface RowVisitor {
    void visit(Record row);
  }
}
