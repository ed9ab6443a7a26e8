package dev.bulkhead.server.account;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.SessionCookies;
import dev.bulkhead.server.identity.Sites;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// The own passkeys: `/api/v1/account/passkeys`.
@RestController
@RequestMapping("/api/v1/account/passkeys")
final class PasskeyController {
  private final OwnPasskeys passkeys;
  private final SessionCookies cookies;

  PasskeyController(OwnPasskeys passkeys, SessionCookies cookies) {
    this.passkeys = passkeys;
    this.cookies = cookies;
  }

  record PasskeyOfferView(String ceremony, Map<String, Object> publicKey) {}

  record NewPasskeyRequest(
      @NotBlank @Size(max = 4096) String ceremony,
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String name,
      @NotNull JsonNode credential) {}

  record PasskeyNameRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String name) {}

  @PostMapping("/offer")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  PasskeyOfferView offer(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    final OwnPasskeys.Offer offer = passkeys.offer(cookies.own(who, request), Sites.get(request));
    return new PasskeyOfferView(offer.ceremony(), offer.options());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  AccountView add(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody NewPasskeyRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    final OwnSession own = cookies.own(who, request);
    return renew(
        own,
        passkeys.add(
            own, Sites.get(request), body.ceremony(), body.name(), body.credential().toString()),
        response);
  }

  @PutMapping("/{id}")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  AccountView rename(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      @Valid @RequestBody PasskeyNameRequest body,
      HttpServletRequest request) {
    return passkeys.rename(cookies.own(who, request), id, body.name());
  }

  @DeleteMapping("/{id}")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  AccountView remove(
      @AuthenticationPrincipal SignedIn who,
      @PathVariable UUID id,
      HttpServletRequest request,
      HttpServletResponse response) {
    final OwnSession own = cookies.own(who, request);
    return renew(own, passkeys.remove(own, id), response);
  }

  private AccountView renew(
      OwnSession own, OwnChanges.Renewed<AccountView> renewed, HttpServletResponse response) {
    cookies.renew(own, renewed.cookie(), response);
    return renewed.result();
  }
}
