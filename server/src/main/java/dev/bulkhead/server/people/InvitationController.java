package dev.bulkhead.server.people;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.identity.Invitations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
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

/// Invitations into the asker's tenant: `/api/v1/invitations`.
@RestController
@RequestMapping("/api/v1/invitations")
final class InvitationController {
  private static final int LONGEST_HOURS = 336;

  private final Invitations invitations;

  InvitationController(Invitations invitations) {
    this.invitations = invitations;
  }

  /// @param note for whom it is meant
  /// @param scope null for every host
  record InviteRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String note,
      @NotNull @Size(max = 16) String role,
      @Nullable @Valid ScopeForm scope,
      @Nullable @Min(1) @Max(LONGEST_HOURS) Integer expiresInHours) {
    Duration life() {
      return expiresInHours == null ? Invitations.USUAL_LIFE : Duration.ofHours(expiresInHours);
    }
  }

  @GetMapping
  @RequiresPermission(Permission.PEOPLE_READ)
  Invitations.InvitationPage list(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable @Size(max = 500) String cursor) {
    return invitations.list(who, limit, cursor);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @RequiresPermission(Permission.PEOPLE_INVITE)
  @RequiresStepUp
  Invitations.NewInvitation create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody InviteRequest body,
      HttpServletRequest request) {
    return invitations.create(
        who,
        new Invitations.Wanted(body.note().strip(), body.role(), body.scope(), body.life()),
        request.getRemoteAddr());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PEOPLE_INVITE)
  void revoke(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    invitations.revoke(who, id, request.getRemoteAddr());
  }
}
