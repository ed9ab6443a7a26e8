package dev.bulkhead.server.fleet;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.telemetry.History;
import dev.bulkhead.server.telemetry.TelemetryStore;
import dev.bulkhead.server.web.ProblemException;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How a host's metrics went: `/api/v1/hosts/{id}/history`, and its processes now:
/// `/api/v1/hosts/{id}/processes`.
@RestController
@RequestMapping("/api/v1/hosts/{id}")
final class HistoryController {
  private static final Duration LONGEST = Duration.ofDays(731);
  private static final Map<String, Duration> RANGES =
      Map.of(
          "hour", Duration.ofHours(1),
          "day", Duration.ofDays(1),
          "week", Duration.ofDays(7),
          "month", Duration.ofDays(30));

  private final Fleet fleet;
  private final TelemetryStore store;
  private final ProcessReports processes;
  private final Clock clock;

  HistoryController(Fleet fleet, TelemetryStore store, ProcessReports processes, Clock clock) {
    this.fleet = fleet;
    this.store = store;
    this.processes = processes;
    this.clock = clock;
  }

  /// Points are `[epoch milliseconds, average, minimum, maximum]`; a step without a sample has
  /// none.
  record HistoryView(
      String metric,
      String unit,
      Instant from,
      Instant to,
      long stepSeconds,
      List<SeriesView> series) {}

  record SeriesView(Map<String, String> attributes, List<List<Number>> points) {}

  @GetMapping("/history")
  @RequiresPermission(Permission.HOSTS_READ)
  HistoryView history(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @RequestParam
          @Pattern(regexp = "[A-Za-z_][A-Za-z0-9_./-]{0,127}", message = "is not a metric's name") String metric,
      @RequestParam(required = false) @Nullable String range,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to) {
    final UUID host = fleet.key(who, id).host();
    final Instant end = to == null ? clock.instant() : to;
    final Instant begin = from == null ? end.minus(length(range)) : from;
    if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw ProblemException.field("from", "must be before to, by two years at most");
    }
    return view(store.history(who.tenantId(), host, metric, begin, end, null));
  }

  @GetMapping("/processes")
  @RequiresPermission(Permission.HOSTS_READ)
  ProcessReports.Report processes(@AuthenticationPrincipal SignedIn who, @PathVariable UUID id) {
    return processes.latest(fleet.key(who, id));
  }

  private static Duration length(@Nullable String range) {
    final Duration length = RANGES.get(range == null ? "hour" : range);
    if (length == null) {
      throw ProblemException.field("range", "choose hour, day, week or month, or give from and to");
    }
    return length;
  }

  private static HistoryView view(History history) {
    return new HistoryView(
        history.metric(),
        history.unit(),
        history.from(),
        history.to(),
        history.step().toSeconds(),
        history.lines().stream()
            .map(
                line ->
                    new SeriesView(
                        line.series().attributes(),
                        line.points().stream().map(HistoryController::point).toList()))
            .toList());
  }

  private static List<Number> point(History.Point point) {
    return List.of(point.epochMillis(), point.average(), point.minimum(), point.maximum());
  }
}
