package dev.bulkhead.server.web;

import dev.bulkhead.server.access.Open;
import dev.bulkhead.server.database.Database;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether the process lives (`/healthz`) and whether it can work (`/readyz`). Open, and silent
/// about everything else.
@Open
@RestController
final class HealthController {
  private final Database database;

  HealthController(Database database) {
    this.database = database;
  }

  record Health(String status) {}

  @GetMapping("/healthz")
  Health health() {
    return new Health("ok");
  }

  @GetMapping("/readyz")
  ResponseEntity<Health> ready() {
    return database.isReachable()
        ? ResponseEntity.ok(new Health("ok"))
        : ResponseEntity.status(503).body(new Health("starting"));
  }
}
