package dev.bulkhead.server.tokens;

import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.web.EntityTag;
import dev.bulkhead.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/// API tokens: `/api/v1/tokens`.
@RestController
@RequestMapping("/api/v1/tokens")
final class TokenController {
  private final Tokens tokens;
  private final Clock clock;

  TokenController(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  record TokenRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = Names.FORM, message = Names.ADVICE) String name,
      @NotEmpty @Size(max = 100) List<@NotNull String> scopes,
      @Nullable @Size(max = 20) List<@NotNull @Size(max = 64) String> networks,
      @Nullable @Min(1) @Max(3650) Integer expiresInDays,
      @Nullable UUID serviceAccount) {}

  record TokenEdit(
      @NotBlank @Size(max = 64) @Pattern(regexp = Names.FORM, message = Names.ADVICE) String name,
      @NotNull Boolean enabled,
      @NotNull @Size(max = 20) List<@NotNull @Size(max = 64) String> networks) {}

  /// @param kind `person` or `service`
  record OwnerView(String kind, UUID id, String name) {}

  /// @param state `active`, `disabled` or `expired`
  record TokenView(
      UUID id,
      String name,
      OwnerView owner,
      List<String> scopes,
      List<String> networks,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable String lastUsedAddress,
      String state,
      long version) {}

  record TokenPage(List<TokenView> items, @Nullable String nextCursor) {}

  /// @param value the whole token, in this answer alone
  record NewTokenView(TokenView token, String value) {}

  @GetMapping
  @RequiresPermission(Permission.OWN_ACCOUNT)
  TokenPage list(
      @AuthenticationPrincipal SignedIn who,
      @RequestParam(required = false) @Nullable @Size(max = 100) String query,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable @Size(max = 400) String cursor) {
    final List<TokenRepository.Row> page = tokens.list(who, query, Names.ofCursor(cursor), limit);
    return new TokenPage(
        page.stream().map(this::view).toList(),
        page.size() < limit ? null : Names.cursor(page.getLast().name()));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @RequiresPermission(Permission.OWN_ACCOUNT)
  @RequiresStepUp
  NewTokenView create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody TokenRequest body,
      HttpServletRequest request) {
    final Tokens.Made made =
        tokens.create(
            who,
            new Tokens.Wanted(
                body.name().strip(),
                permissions(body.scopes()),
                networks(body.networks() == null ? List.of() : body.networks()),
                body.expiresInDays(),
                body.serviceAccount()),
            request.getRemoteAddr());
    return new NewTokenView(view(made.token()), made.value().text());
  }

  @PutMapping("/{id}")
  @RequiresPermission(Permission.OWN_ACCOUNT)
  @RequiresStepUp
  ResponseEntity<TokenView> change(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody TokenEdit body,
      HttpServletRequest request) {
    final TokenRepository.Row after =
        tokens.change(
            who,
            id,
            body.name().strip(),
            body.enabled(),
            networks(body.networks()),
            EntityTag.version(seen),
            request.getRemoteAddr());
    return ResponseEntity.ok().eTag(EntityTag.of(after.version())).body(view(after));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.OWN_ACCOUNT)
  void remove(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    tokens.remove(who, id, request.getRemoteAddr());
  }

  private TokenView view(TokenRepository.Row token) {
    return new TokenView(
        token.id(),
        token.name(),
        new OwnerView(
            token.owner().name().toLowerCase(Locale.ROOT), token.ownerId(), token.ownerName()),
        token.scopes().stream().map(Permission::code).toList(),
        token.networks().stream().map(Network::toString).toList(),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt(),
        token.lastUsedAddress(),
        state(token),
        token.version());
  }

  private String state(TokenRepository.Row token) {
    if (token.disabled()) {
      return "disabled";
    }
    return token.expiresAt() == null || clock.instant().isBefore(token.expiresAt())
        ? "active"
        : "expired";
  }

  private static Set<Permission> permissions(List<String> codes) {
    final Set<Permission> scopes = new LinkedHashSet<>();
    for (String code : codes) {
      scopes.add(
          Stream.of(Permission.values())
              .filter(permission -> permission.code().equals(code))
              .findFirst()
              .orElseThrow(() -> ProblemException.field("scopes", "knows no " + code)));
    }
    return scopes;
  }

  private static Set<Network> networks(List<String> texts) {
    try {
      return texts.stream()
          .map(text -> Network.parse(text.strip()))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    } catch (IllegalArgumentException wrong) {
      throw ProblemException.field("networks", String.valueOf(wrong.getMessage()));
    }
  }
}
