package dev.bulkhead.server.account;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.RequiresStepUp;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.SessionCookies;
import dev.bulkhead.server.identity.TotpView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The own account: `/api/v1/account`. Answers sessions alone; a program has none.
@RestController
@RequestMapping("/api/v1/account")
final class AccountController {
  private final Account account;
  private final SessionCookies cookies;

  AccountController(Account account, SessionCookies cookies) {
    this.account = account;
    this.cookies = cookies;
  }

  record PasswordChange(
      @NotNull @Size(max = 1024) String current, @NotNull @Size(max = 1024) String password) {}

  record TotpOfferView(String ceremony, TotpView totp) {}

  record TotpConfirmation(
      @NotBlank @Size(max = 4096) String ceremony, @NotBlank @Size(max = 16) String code) {}

  record RecoveryCodesView(List<String> recoveryCodes) {}

  @GetMapping
  @RequiresPermission(Permission.OWN_SIGN_IN)
  AccountView show(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    return account.show(cookies.own(who, request));
  }

  @PutMapping("/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  void changePassword(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody PasswordChange body,
      HttpServletRequest request,
      HttpServletResponse response) {
    final OwnSession own = cookies.own(who, request);
    cookies.renew(
        own, account.changePassword(own, body.current(), body.password()).cookie(), response);
  }

  @PostMapping("/totp/offer")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  TotpOfferView offerTotp(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    final Account.AppOffer offer = account.offerApp(cookies.own(who, request));
    return new TotpOfferView(offer.ceremony(), offer.totp());
  }

  @PostMapping("/totp")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  AccountView storeTotp(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody TotpConfirmation body,
      HttpServletRequest request,
      HttpServletResponse response) {
    final OwnSession own = cookies.own(who, request);
    return renew(own, account.storeApp(own, body.ceremony(), body.code()), response);
  }

  @DeleteMapping("/totp")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  AccountView removeTotp(
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response) {
    final OwnSession own = cookies.own(who, request);
    return renew(own, account.removeApp(own), response);
  }

  @PostMapping("/recovery-codes")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  @RequiresStepUp
  RecoveryCodesView replaceRecoveryCodes(
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response) {
    final OwnSession own = cookies.own(who, request);
    return new RecoveryCodesView(renew(own, account.replaceRecoveryCodes(own), response));
  }

  private <T> T renew(OwnSession own, OwnChanges.Renewed<T> renewed, HttpServletResponse response) {
    cookies.renew(own, renewed.cookie(), response);
    return renewed.result();
  }
}
