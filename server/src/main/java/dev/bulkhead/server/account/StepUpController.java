package dev.bulkhead.server.account;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.SessionCookies;
import dev.bulkhead.server.identity.Sites;
import dev.bulkhead.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Proving a factor anew: `/api/v1/account/step-up`.
@RestController
@RequestMapping("/api/v1/account/step-up")
final class StepUpController {
  private final StepUp stepUp;
  private final SessionCookies cookies;

  StepUpController(StepUp stepUp, SessionCookies cookies) {
    this.stepUp = stepUp;
    this.cookies = cookies;
  }

  record StepUpOptionsView(String ceremony, Map<String, Object> publicKey) {}

  /// @param ceremony for a passkey
  /// @param credential for a passkey: what the browser answered
  /// @param code for an app or a recovery code
  record StepUpRequest(
      @NotBlank @Size(max = 16) String factor,
      @Nullable @Size(max = 4096) String ceremony,
      @Nullable @Size(max = 32) String code,
      @Nullable JsonNode credential) {
    StepUp.Proof proof(HttpServletRequest request) {
      return switch (factor) {
        case "totp" -> new StepUp.Proof.App(required("code", code));
        case "recovery_code" -> new StepUp.Proof.RecoveryCode(required("code", code));
        case "passkey" ->
            new StepUp.Proof.Passkey(
                required("ceremony", ceremony),
                required("credential", credential).toString(),
                Sites.get(request));
        default -> throw ProblemException.field("factor", "choose totp, passkey or recovery_code");
      };
    }

    private static <T> T required(String field, @Nullable T value) {
      if (value == null) {
        throw ProblemException.field(field, "must not be blank");
      }
      return value;
    }
  }

  record StepUpView(Instant freshUntil) {}

  @PostMapping("/passkey/options")
  @RequiresPermission(Permission.OWN_SIGN_IN)
  StepUpOptionsView options(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    final StepUp.Request asked = stepUp.askPasskey(cookies.own(who, request), Sites.get(request));
    return new StepUpOptionsView(asked.ceremony(), asked.options());
  }

  @PostMapping
  @RequiresPermission(Permission.OWN_SIGN_IN)
  StepUpView prove(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody StepUpRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    final OwnSession own = cookies.own(who, request);
    final OwnChanges.Renewed<Instant> renewed = stepUp.prove(own, body.proof(request));
    cookies.renew(own, renewed.cookie(), response);
    return new StepUpView(renewed.result());
  }
}
