package dev.bulkhead.server.identity;

import dev.bulkhead.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// The requests and answers that the setup and an invitation have in common. Thread-safe.
@Component
final class EntranceForms {
  private final Passkeys passkeys;

  EntranceForms(Passkeys passkeys) {
    this.passkeys = passkeys;
  }

  record PasswordCheck(
      @NotNull @Size(max = 1024) String password, @Nullable @Size(max = 64) String name) {
    String nameOrEmpty() {
      return name == null ? "" : name;
    }
  }

  record PasswordVerdict(
      int score, boolean accepted, @Nullable String reason, @Nullable String hint) {
    static PasswordVerdict of(PasswordPolicy.Verdict verdict) {
      final PasswordPolicy.Refusal refusal = verdict.refusal();
      return new PasswordVerdict(
          verdict.score(),
          verdict.accepted(),
          refusal == null ? null : refusal.code(),
          refusal == null ? null : refusal.advice());
    }
  }

  record PasskeyView(Map<String, Object> publicKey) {}

  record OfferView(String ceremony, TotpView totp, @Nullable PasskeyView passkey) {}

  record FinishRequest(
      @NotBlank @Size(max = 4096) String ceremony,
      @NotBlank @Size(max = 16) String factor,
      @Nullable @Size(max = 16) String code,
      @Nullable JsonNode credential) {
    NewPerson.FactorProof proof() {
      return switch (factor) {
        case "totp" -> {
          if (code == null) {
            throw ProblemException.field("code", "type the six digits that the app shows");
          }
          yield new NewPerson.FactorProof.App(code);
        }
        case "passkey" -> {
          if (credential == null) {
            throw ProblemException.field("credential", "send what the browser answered");
          }
          yield new NewPerson.FactorProof.Passkey(credential.toString());
        }
        default -> throw ProblemException.field("factor", "choose totp or passkey");
      };
    }
  }

  record DoneView(List<String> recoveryCodes, SessionView session) {}

  /// Both factors to choose from; a passkey only where the page was reached by name.
  OfferView offer(String ceremony, NewPerson.Draft draft, HttpServletRequest request) {
    final TotpView totp = TotpView.of(draft.name(), NewPerson.decode(draft.totpSecret()));
    final PasskeyView passkey = Sites.find(request).map(site -> passkey(site, draft)).orElse(null);
    return new OfferView(ceremony, totp, passkey);
  }

  private PasskeyView passkey(Passkeys.Site site, NewPerson.Draft draft) {
    return new PasskeyView(
        passkeys.creationOptions(
            site,
            draft.tenantId(),
            draft.personId(),
            draft.name(),
            NewPerson.decode(draft.challenge()),
            List.of()));
  }
}
