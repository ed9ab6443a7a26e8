package dev.bulkhead.server.tokens;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.groups.ScopeView;
import dev.bulkhead.server.web.EntityTag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Service accounts: `/api/v1/service-accounts`.
@RestController
@RequestMapping("/api/v1/service-accounts")
final class ServiceAccountController {
  private final ServiceAccounts accounts;

  ServiceAccountController(ServiceAccounts accounts) {
    this.accounts = accounts;
  }

  /// @param scope null for all hosts
  record ServiceAccountRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = Names.FORM, message = Names.ADVICE) String name,
      @NotNull String role,
      @Nullable @Valid ScopeForm scope) {}

  /// @param tokens how many it has
  record ServiceAccountView(
      UUID id,
      String name,
      String role,
      @Nullable ScopeView scope,
      Instant createdAt,
      int tokens,
      long version) {}

  record ServiceAccountPage(List<ServiceAccountView> items, @Nullable String nextCursor) {}

  @GetMapping
  @RequiresPermission(Permission.TOKENS_MANAGE)
  ServiceAccountPage list(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(required = false) @Nullable @Size(max = 100) String query,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable @Size(max = 400) String cursor) {
    final List<ServiceAccountView> page =
        accounts.list(who, query, Names.ofCursor(cursor), limit).stream()
            .map(ServiceAccountController::view)
            .toList();
    return new ServiceAccountPage(
        page, page.size() < limit ? null : Names.cursor(page.getLast().name()));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @RequiresPermission(Permission.TOKENS_MANAGE)
  @RequiresStepUp
  ServiceAccountView create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody ServiceAccountRequest body,
      HttpServletRequest request) {
    return view(accounts.create(who, wanted(body), request.getRemoteAddr()));
  }

  @PutMapping("/{id}")
  @RequiresPermission(Permission.TOKENS_MANAGE)
  @RequiresStepUp
  ResponseEntity<ServiceAccountView> change(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody ServiceAccountRequest body,
      HttpServletRequest request) {
    final ServiceAccountView after =
        view(
            accounts.change(
                who, id, wanted(body), EntityTag.version(seen), request.getRemoteAddr()));
    return ResponseEntity.ok().eTag(EntityTag.of(after.version())).body(after);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.TOKENS_MANAGE)
  void remove(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    accounts.remove(who, id, request.getRemoteAddr());
  }

  private static ServiceAccounts.Wanted wanted(ServiceAccountRequest body) {
    return new ServiceAccounts.Wanted(body.name().strip(), body.role(), body.scope());
  }

  private static ServiceAccountView view(ServiceAccountRepository.Account account) {
    return new ServiceAccountView(
        account.id(),
        account.name(),
        account.role().code(),
        account.scope().view(),
        account.createdAt(),
        account.tokens(),
        account.version());
  }
}
