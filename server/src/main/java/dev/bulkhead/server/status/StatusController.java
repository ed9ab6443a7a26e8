package dev.bulkhead.server.status;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.telemetry.TelemetryStore;
import dev.bulkhead.server.web.Version;
import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The server's own state: `/api/v1/status`.
@RestController
final class StatusController {
  private final Database database;
  private final TelemetryStore telemetry;
  private final Instant startedAt;

  StatusController(Database database, TelemetryStore telemetry, Clock clock) {
    this.database = database;
    this.telemetry = telemetry;
    startedAt = clock.instant();
  }

  record StatusView(
      String version,
      Instant startedAt,
      boolean databaseReachable,
      TelemetryStore.Health telemetry) {}

  @GetMapping("/api/v1/status")
  @RequiresPermission(Permission.HOSTS_READ)
  StatusView status() {
    return new StatusView(Version.current(), startedAt, database.isReachable(), telemetry.health());
  }
}
