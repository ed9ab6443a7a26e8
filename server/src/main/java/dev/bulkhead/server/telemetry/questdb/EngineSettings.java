package dev.bulkhead.server.telemetry.questdb;

import io.questdb.DefaultBootstrapConfiguration;
import io.questdb.ServerMain;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What QuestDB is told: no network, synchronous commits, one worker of a kind, small buffers.
final class EngineSettings extends DefaultBootstrapConfiguration {
  private static final Map<String, String> ENVIRONMENT =
      environment(
          """
          http.enabled=false
          http.min.enabled=false
          pg.enabled=false
          line.tcp.enabled=false
          line.udp.enabled=false
          telemetry.enabled=false
          telemetry.disable.completely=true
          posthog.enabled=false
          config.reload.enabled=false
          cairo.commit.mode=sync
          cairo.sql.copy.root=
          cairo.max.uncommitted.rows=100000
          shared.network.worker.count=1
          shared.query.worker.count=1
          shared.write.worker.count=1
          wal.apply.worker.count=1
          mat.view.refresh.worker.count=1
          view.compiler.worker.count=0
          export.worker.count=0
          cairo.lexer.pool.capacity=64
          cairo.expression.pool.capacity=128
          cairo.column.pool.capacity=128
          cairo.model.pool.capacity=32
          cairo.character.store.capacity=128
          cairo.page.frame.reduce.queue.capacity=16
          cairo.unordered.page.frame.reduce.queue.capacity=16
          cairo.page.frame.shard.count=1
          cairo.vector.aggregate.queue.capacity=16
          cairo.latest.on.queue.capacity=16
          cairo.o3.copy.queue.capacity=16
          cairo.o3.callback.queue.capacity=16
          cairo.o3.partition.queue.capacity=16
          cairo.o3.open.column.queue.capacity=16
          cairo.o3.purge.discovery.queue.capacity=16
          cairo.o3.upd.partition.size.queue.capacity=16
          cairo.o3.column.memory.size=128K
          cairo.writer.data.append.page.size=256K
          cairo.wal.writer.data.append.page.size=256K
          cairo.writer.data.index.key.append.page.size=64K
          cairo.writer.data.index.value.append.page.size=256K
          cairo.system.writer.data.append.page.size=64K
          cairo.system.wal.writer.data.append.page.size=64K
          cairo.system.o3.column.memory.size=64K
          cairo.symbol.table.append.page.size=64K
          cairo.symbol.table.min.allocation.page.size=4K
          """);

  /// The log goes to files of bounded size beside the data: QuestDB writes more than a server's own
  /// log should carry.
  static String logConfiguration(Path directory) {
    return """
    writers=file
    w.file.class=io.questdb.log.LogRollingFileWriter
    w.file.location=%s/questdb.log.${date:yyyyMMdd}
    w.file.level=ERROR,CRITICAL
    w.file.rollEvery=day
    w.file.rollSize=4m
    w.file.lifeDuration=14d
    w.file.sizeLimit=32m
    """
        .formatted(directory.resolve("log"));
  }

  private static Map<String, String> environment(String properties) {
    var environment = new HashMap<String, String>();
    for (var line : properties.lines().toList()) {
      var at = line.indexOf('=');
      environment.put(
          ServerMain.propertyPathToEnvVarName(line.substring(0, at)), line.substring(at + 1));
    }
    return Map.copyOf(environment);
  }

  @Override
  public Map<String, String> getEnv() {
    return ENVIRONMENT;
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
