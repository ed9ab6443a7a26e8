package dev.bulkhead.server.networks;

import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The tenant's allowlist: `/api/v1/allowed-networks`.
@RestController
@RequestMapping("/api/v1/allowed-networks")
final class AllowedNetworkController {
  private static final String TEXT = "[^\\p{Cntrl}\\p{Cs}]*";
  private static final String TEXT_ADVICE = "must not hold control characters";

  private final AllowedNetworks networks;

  AllowedNetworkController(AllowedNetworks networks) {
    this.networks = networks;
  }

  record NetworkView(
      UUID id,
      String cidr,
      String description,
      boolean enabled,
      String createdByName,
      Instant createdAt,
      long version) {
    static NetworkView of(AllowedNetwork network) {
      return new NetworkView(
          network.id(),
          network.network().toString(),
          network.description(),
          network.enabled(),
          network.createdByName(),
          network.createdAt(),
          network.version());
    }
  }

  /// @param yourAddress from where this request came
  record NetworkPage(List<NetworkView> items, @Nullable String nextCursor, String yourAddress) {}

  record NewNetwork(
      @NotBlank @Size(max = 64) String cidr,
      @Nullable @Size(max = 200) @Pattern(regexp = TEXT, message = TEXT_ADVICE) String description,
      @Nullable Boolean enabled) {}

  record NetworkEdit(
      @NotNull @Size(max = 200) @Pattern(regexp = TEXT, message = TEXT_ADVICE) String description,
      boolean enabled) {}

  @GetMapping
  @RequiresPermission(Permission.TENANT_CHANGE)
  NetworkPage list(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    return new NetworkPage(
        networks.list(who).stream().map(NetworkView::of).toList(), null, request.getRemoteAddr());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @RequiresPermission(Permission.TENANT_CHANGE)
  @RequiresStepUp
  NetworkView create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody NewNetwork body,
      HttpServletRequest request) {
    return NetworkView.of(
        networks.create(
            who,
            parse(body.cidr()),
            body.description() == null ? "" : body.description().strip(),
            body.enabled() == null || body.enabled(),
            request.getRemoteAddr()));
  }

  @PutMapping("/{id}")
  @RequiresPermission(Permission.TENANT_CHANGE)
  @RequiresStepUp
  ResponseEntity<NetworkView> change(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody NetworkEdit body,
      HttpServletRequest request) {
    final AllowedNetwork after =
        networks.change(
            who,
            id,
            body.description().strip(),
            body.enabled(),
            version(seen),
            request.getRemoteAddr());
    return ResponseEntity.ok().eTag("\"" + after.version() + "\"").body(NetworkView.of(after));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.TENANT_CHANGE)
  @RequiresStepUp
  void remove(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    networks.remove(who, id, request.getRemoteAddr());
  }

  private static Network parse(String cidr) {
    try {
      return Network.parse(cidr.strip());
    } catch (IllegalArgumentException wrong) {
      throw ProblemException.field("cidr", String.valueOf(wrong.getMessage()));
    }
  }

  private static @Nullable Long version(@Nullable String seen) {
    if (seen == null) {
      return null;
    }
    try {
      return Long.valueOf(seen.replace("\"", ""));
    } catch (NumberFormatException another) {
      return -1L;
    }
  }
}
