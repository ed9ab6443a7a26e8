package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.identity.InvitationView;
import dev.bulkhead.server.identity.TenantSlug;
import dev.bulkhead.server.web.PageCursor;
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
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// All tenants of the installation, for who runs it: `/api/v1/tenants`. Nothing here looks into a
/// tenant.
@RestController
@RequestMapping("/api/v1/tenants")
final class TenantsController {
  private static final String SLUG_ADVICE =
      "has lower-case letters, digits and hyphens, 32 at most, and a hyphen neither first nor last";

  private final Tenants tenants;
  private final Purge purge;

  TenantsController(Tenants tenants, Purge purge) {
    this.tenants = tenants;
    this.purge = purge;
  }

  record TenantPage(List<TenantView> items, @Nullable String nextCursor) {}

  record TenantView(
      UUID id,
      String name,
      String slug,
      Instant createdAt,
      String state,
      @Nullable Instant deletedAt,
      @Nullable Instant purgeAt,
      long people,
      long hosts,
      boolean isOwn) {
    static TenantView of(TenantRepository.Summary tenant, SignedIn who) {
      return new TenantView(
          tenant.id(),
          tenant.name(),
          tenant.slug(),
          tenant.createdAt(),
          tenant.deletedAt() == null ? "active" : "deleted",
          tenant.deletedAt(),
          tenant.purgeAt(),
          tenant.people(),
          tenant.hosts(),
          Tenants.isOwn(who, tenant.id()));
    }
  }

  record NewTenantRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = TenantController.NAME, message = TenantController.NAME_ADVICE) String name,
      @Nullable @Pattern(regexp = TenantSlug.FORM, message = SLUG_ADVICE) String slug) {}

  /// @param code what the first owner types or pastes; shown this once
  record NewTenantView(TenantView tenant, InvitationView invitation, String code) {}

  /// The short name as it stands, so that nobody ends a tenant by one click.
  record TenantSlugRequest(@NotNull @Size(max = 32) String slug) {}

  @GetMapping
  @RequiresPermission(Permission.PLATFORM_TENANTS)
  TenantPage list(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(required = false) @Nullable @Size(max = 100) String query,
      @RequestParam(required = false)
          @Nullable @Pattern(regexp = "active|deleted", message = "is active or deleted") String state,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable @Size(max = 512) String cursor) {
    final String part = query == null || query.isBlank() ? null : query.strip();
    final List<TenantRepository.Summary> found =
        tenants.list(part, state, cursor == null ? null : after(cursor), limit + 1);
    final List<TenantRepository.Summary> page = found.subList(0, Math.min(limit, found.size()));
    return new TenantPage(
        page.stream().map(tenant -> TenantView.of(tenant, who)).toList(),
        found.size() > limit
            ? PageCursor.of(page.getLast().name(), page.getLast().id().toString())
            : null);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @RequiresPermission(Permission.PLATFORM_TENANTS)
  @RequiresStepUp
  NewTenantView create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody NewTenantRequest body,
      HttpServletRequest request) {
    final Tenants.Made made =
        tenants.create(who, body.name().strip(), body.slug(), request.getRemoteAddr());
    return new NewTenantView(
        TenantView.of(made.tenant(), who), made.owner().invitation(), made.owner().code());
  }

  @DeleteMapping("/{id}")
  @RequiresPermission(Permission.PLATFORM_TENANTS)
  @RequiresStepUp
  TenantView delete(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @Valid @RequestBody TenantSlugRequest body,
      HttpServletRequest request) {
    return TenantView.of(tenants.deleteAny(who, id, body.slug(), request.getRemoteAddr()), who);
  }

  @PostMapping("/{id}/restore")
  @RequiresPermission(Permission.PLATFORM_TENANTS)
  @RequiresStepUp
  TenantView restore(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    return TenantView.of(tenants.restore(who, id, request.getRemoteAddr()), who);
  }

  @PostMapping("/{id}/purge")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PLATFORM_TENANTS)
  @RequiresStepUp
  void purge(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @Valid @RequestBody TenantSlugRequest body,
      HttpServletRequest request) {
    purge.purgeNow(who, id, body.slug(), request.getRemoteAddr());
  }

  private static TenantRepository.After after(String cursor) {
    final List<String> parts = PageCursor.parse(cursor, 2);
    try {
      return new TenantRepository.After(parts.getFirst(), UUID.fromString(parts.getLast()));
    } catch (IllegalArgumentException notAnId) {
      throw PageCursor.wrong();
    }
  }
}
