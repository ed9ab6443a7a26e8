package dev.bulkhead.server.groups;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.fleet.HostTag;
import dev.bulkhead.server.web.EntityTag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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

/// Groups of hosts: `/api/v1/groups`.
@RestController
@RequestMapping("/api/v1/groups")
final class HostGroupController {
  private final HostGroups groups;

  HostGroupController(HostGroups groups) {
    this.groups = groups;
  }

  record GroupRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String name,
      @NotNull @Size(min = 1, max = 32) List<@NotNull @Pattern(regexp = HostTag.FORM, message = HostTag.ADVICE) String> tags) {}

  @GetMapping
  @RequiresPermission(Permission.TENANT_READ)
  HostGroups.GroupPage list(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable @Size(max = 500) String cursor) {
    return groups.list(who, limit, cursor);
  }

  @PostMapping
  @RequiresPermission(Permission.TENANT_CHANGE)
  ResponseEntity<HostGroups.Group> create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody GroupRequest body,
      HttpServletRequest request) {
    final HostGroups.Group made =
        groups.create(who, body.name().strip(), body.tags(), request.getRemoteAddr());
    return ResponseEntity.status(HttpStatus.CREATED).eTag(EntityTag.of(made.version())).body(made);
  }

  @PutMapping("/{id}")
  @RequiresPermission(Permission.TENANT_CHANGE)
  @RequiresStepUp
  ResponseEntity<HostGroups.Group> change(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody GroupRequest body,
      HttpServletRequest request) {
    final HostGroups.Group after =
        groups.change(
            who,
            id,
            body.name().strip(),
            body.tags(),
            EntityTag.version(seen),
            request.getRemoteAddr());
    return ResponseEntity.ok().eTag(EntityTag.of(after.version())).body(after);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.TENANT_CHANGE)
  void remove(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    groups.remove(who, id, request.getRemoteAddr());
  }
}
