package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The asker's own tenant: `/api/v1/tenant`.
@RestController
@RequestMapping("/api/v1/tenant")
final class TenantController {
  private static final Logger LOG = LoggerFactory.getLogger(TenantController.class);

  /// What a name may look like.
  static final String NAME = "[^\\p{Cntrl}\\p{Cs}]*";

  static final String NAME_ADVICE = "must not hold control characters";

  private final Tenants tenants;
  private final Export export;

  TenantController(Tenants tenants, Export export) {
    this.tenants = tenants;
    this.export = export;
  }

  record OwnTenantView(
      UUID id, String name, String slug, Instant createdAt, long version, TenantCounts counts) {
    static OwnTenantView of(TenantRepository.Tenant tenant) {
      return new OwnTenantView(
          tenant.id(),
          tenant.name(),
          tenant.slug(),
          tenant.createdAt(),
          tenant.version(),
          new TenantCounts(tenant.people(), tenant.hosts(), tenant.groups()));
    }
  }

  record TenantCounts(long people, long hosts, long groups) {}

  record RenameTenantRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = NAME, message = NAME_ADVICE) String name) {}

  /// The name as it stands, so that nobody deletes a tenant by one click.
  record DeleteOwnTenantRequest(@NotNull @Size(max = 64) String name) {}

  record TenantEnd(Instant purgeAt) {}

  @GetMapping
  @RequiresPermission(Permission.TENANT_READ)
  ResponseEntity<OwnTenantView> show(@AuthenticationPrincipal SignedIn who) {
    return answer(tenants.get(who.tenantId()));
  }

  @PutMapping
  @RequiresPermission(Permission.TENANT_CHANGE)
  ResponseEntity<OwnTenantView> rename(
      @AuthenticationPrincipal SignedIn who,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody RenameTenantRequest body,
      HttpServletRequest request) {
    return answer(tenants.rename(who, body.name().strip(), version(seen), request.getRemoteAddr()));
  }

  @DeleteMapping
  @RequiresPermission(Permission.TENANT_DELETE)
  @RequiresStepUp
  TenantEnd delete(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody DeleteOwnTenantRequest body,
      HttpServletRequest request) {
    return new TenantEnd(tenants.deleteOwn(who, body.name(), request.getRemoteAddr()));
  }

  /// Streams a ZIP archive; what is in it stands in its `manifest.json`.
  @GetMapping(path = "/export", produces = "application/zip")
  @RequiresPermission(Permission.TENANT_EXPORT)
  @RequiresStepUp
  void export(
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    final Export.Begun begun = export.begin(who, request.getRemoteAddr());
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + begun.fileName() + "\"");
    try {
      export.write(begun, response.getOutputStream());
    } catch (IOException left) {
      // Nobody is there to be told.
      LOG.atInfo()
          .setMessage("export not read to its end")
          .addKeyValue("tenant", who.tenantId())
          .log();
    }
  }

  private static ResponseEntity<OwnTenantView> answer(TenantRepository.Tenant tenant) {
    return ResponseEntity.ok().eTag("\"" + tenant.version() + "\"").body(OwnTenantView.of(tenant));
  }

  private static @Nullable Long version(@Nullable String etag) {
    if (etag == null) {
      return null;
    }
    if (!etag.matches("\"\\d{1,18}\"")) {
      throw new ProblemException(
          ProblemType.CHANGED_MEANWHILE, "Load the tenant again and repeat your change.");
    }
    return Long.valueOf(etag.substring(1, etag.length() - 1));
  }
}
