package dev.bulkhead.server.audit;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The record as it is stored, for whoever verifies it on another machine: `/api/v1/audit/records`.
@RestController
final class AuditController {
  private final AuditLog audit;

  AuditController(AuditLog audit) {
    this.audit = audit;
  }

  /// @param record the canonical bytes, base64
  /// @param hash SHA-256 over them and their label, hexadecimal
  record RecordView(long sequence, String record, String hash) {}

  /// @param chain the chain's name in its records
  record RecordPage(String chain, List<RecordView> items, @Nullable String nextCursor) {}

  @GetMapping("/api/v1/audit/records")
  @RequiresPermission(Permission.AUDIT_READ)
  RecordPage records(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(defaultValue = "tenant")
          @Pattern(regexp = "tenant|platform", message = "is tenant or platform") String chain,
      @RequestParam(defaultValue = "0") @Min(0) long cursor,
      @RequestParam(defaultValue = "1000") @Min(1) @Max(1000) int limit) {
    // The platform's chain tells of addresses that tried every tenant's door: it is not a tenant's
    // to read.
    if (chain.equals("platform") && who.role() != Role.LOCAL) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "The platform's record is read on the server's own machine.");
    }
    final UUID tenant = chain.equals("platform") ? Database.PLATFORM : who.tenantId();
    final List<AuditLog.StoredRecord> page = audit.list(tenant, cursor, limit);
    return new RecordPage(
        AuditLog.chainOf(tenant),
        page.stream().map(AuditController::view).toList(),
        page.size() == limit ? Long.toString(page.getLast().sequence()) : null);
  }

  private static RecordView view(AuditLog.StoredRecord stored) {
    return new RecordView(
        stored.sequence(),
        Base64.getEncoder().encodeToString(stored.record()),
        HexFormat.of().formatHex(stored.hash()));
  }
}
