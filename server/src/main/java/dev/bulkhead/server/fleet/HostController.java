package dev.bulkhead.server.fleet;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Hosts: `/api/v1/hosts`.
@RestController
@RequestMapping("/api/v1/hosts")
final class HostController {
  private final Fleet fleet;

  HostController(Fleet fleet) {
    this.fleet = fleet;
  }

  record HostPage(List<HostView> items, @Nullable String nextCursor, Map<String, Long> totals) {}

  /// A tag is `word` or `key:value`.
  record EditRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must not hold control characters") String name,
      @NotNull @Size(max = 32) List<@NotNull @Pattern(regexp = HostTag.FORM, message = HostTag.ADVICE) String> tags) {}

  @GetMapping
  @RequiresPermission(Permission.HOSTS_READ)
  HostPage list(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(required = false) @Nullable @Size(max = 100) String query,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable @Size(max = 100) String tag,
      @RequestParam(defaultValue = "name") String sort,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    final HostQuery asked = new HostQuery(query, state, tag, sort);
    final List<HostView> all = fleet.list(who);
    final List<HostView> matching =
        all.stream().filter(asked.matches()).sorted(asked.order()).toList();
    final int from = after(matching, cursor);
    final int to = Math.min(matching.size(), from + limit);
    return new HostPage(
        matching.subList(from, to),
        to < matching.size() ? matching.get(to - 1).id().toString() : null,
        totals(all));
  }

  @GetMapping("/{id}")
  @RequiresPermission(Permission.HOSTS_READ)
  ResponseEntity<HostView> show(@AuthenticationPrincipal SignedIn who, @PathVariable UUID id) {
    final HostView host = fleet.get(who, id);
    return ResponseEntity.ok().eTag(etag(host)).body(host);
  }

  @PutMapping("/{id}")
  @RequiresPermission(Permission.HOSTS_CHANGE)
  ResponseEntity<HostView> edit(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody EditRequest body,
      HttpServletRequest request) {
    final HostView before = fleet.get(who, id);
    if (seen != null && !seen.equals(etag(before))) {
      throw new ProblemException(
          ProblemType.CHANGED_MEANWHILE, "Load the host again and repeat your change.");
    }
    final HostView after =
        fleet.edit(
            who,
            id,
            body.name().strip(),
            body.tags().stream().distinct().sorted().toList(),
            before.version(),
            request.getRemoteAddr());
    return ResponseEntity.ok().eTag(etag(after)).body(after);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.HOSTS_CHANGE)
  void remove(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    fleet.remove(who, id, request.getRemoteAddr());
  }

  // Covers what an edit may overwrite, not what is measured every few seconds.
  private static String etag(HostView host) {
    return "\"" + host.version() + "\"";
  }

  private static int after(List<HostView> hosts, @Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    return IntStream.range(0, hosts.size())
        .filter(i -> hosts.get(i).id().toString().equals(cursor))
        .map(i -> i + 1)
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.field(
                    "cursor", "names no host of this list any more; begin again"));
  }

  private static Map<String, Long> totals(List<HostView> all) {
    final Map<String, Long> totals =
        all.stream().collect(Collectors.groupingBy(HostView::state, Collectors.counting()));
    for (String state : List.of("up", "late", "down", "pending")) {
      totals.putIfAbsent(state, 0L);
    }
    totals.put("all", (long) all.size());
    return totals;
  }
}
