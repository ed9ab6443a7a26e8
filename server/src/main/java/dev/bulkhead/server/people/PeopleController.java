package dev.bulkhead.server.people;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.web.EntityTag;
import dev.bulkhead.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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

/// People of the asker's tenant: `/api/v1/people`.
@RestController
@RequestMapping("/api/v1/people")
final class PeopleController {
  private final People people;

  PeopleController(People people) {
    this.people = people;
  }

  /// @param scope null for every host
  record GrantRequest(@NotNull @Size(max = 16) String role, @Nullable @Valid ScopeForm scope) {}

  record PlatformRequest(@NotNull Boolean platform) {}

  @GetMapping
  @RequiresPermission(Permission.PEOPLE_READ)
  People.PeoplePage list(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(required = false) @Nullable @Size(max = 100) String query,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable @Size(max = 500) String cursor) {
    return people.list(
        who, new PeopleRepository.Query(query, roleOf(role), suspended(state)), limit, cursor);
  }

  @GetMapping("/{id}")
  @RequiresPermission(Permission.PEOPLE_READ)
  ResponseEntity<PersonView> show(@AuthenticationPrincipal SignedIn who, @PathVariable UUID id) {
    return answer(people.get(who, id));
  }

  @PutMapping("/{id}")
  @RequiresPermission(Permission.PEOPLE_CHANGE)
  @RequiresStepUp
  ResponseEntity<PersonView> change(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody GrantRequest body,
      HttpServletRequest request) {
    return answer(
        people.grant(
            who, id, body.role(), body.scope(), EntityTag.version(seen), request.getRemoteAddr()));
  }

  @PostMapping("/{id}/suspend")
  @RequiresPermission(Permission.PEOPLE_CHANGE)
  @RequiresStepUp
  ResponseEntity<PersonView> suspend(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    return answer(people.suspend(who, id, request.getRemoteAddr()));
  }

  @PostMapping("/{id}/resume")
  @RequiresPermission(Permission.PEOPLE_CHANGE)
  @RequiresStepUp
  ResponseEntity<PersonView> resume(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    return answer(people.resume(who, id, request.getRemoteAddr()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PEOPLE_CHANGE)
  @RequiresStepUp
  void remove(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    people.remove(who, id, request.getRemoteAddr());
  }

  @DeleteMapping("/{id}/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PEOPLE_CHANGE)
  void endSessions(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    people.endSessions(who, id, request.getRemoteAddr());
  }

  @PutMapping("/{id}/platform")
  @RequiresPermission(Permission.PLATFORM_TENANTS)
  @RequiresStepUp
  ResponseEntity<PersonView> setPlatform(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @Valid @RequestBody PlatformRequest body,
      HttpServletRequest request) {
    return answer(people.setPlatform(who, id, body.platform(), request.getRemoteAddr()));
  }

  private static ResponseEntity<PersonView> answer(PersonView person) {
    return ResponseEntity.ok().eTag(EntityTag.of(person.version())).body(person);
  }

  private static @Nullable Role roleOf(@Nullable String role) {
    return role == null
        ? null
        : Role.findOfPeople(role)
            .orElseThrow(() -> ProblemException.field("role", "is no role of people"));
  }

  private static @Nullable Boolean suspended(@Nullable String state) {
    if (state == null) {
      return null;
    }
    return switch (state) {
      case "active" -> false;
      case "suspended" -> true;
      default -> throw ProblemException.field("state", "choose active or suspended");
    };
  }
}
