package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Open;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.Version;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// The first run: `/api/v1/setup`. Open, because nobody can sign in yet; worthless without the
/// setup code.
@Open
@RestController
@RequestMapping("/api/v1/setup")
final class SetupController {
  private final Setup setup;
  private final Installation installation;
  private final Passkeys passkeys;
  private final SessionCookies cookies;

  SetupController(
      Setup setup, Installation installation, Passkeys passkeys, SessionCookies cookies) {
    this.setup = setup;
    this.passkeys = passkeys;
    this.installation = installation;
    this.cookies = cookies;
  }

  record InstallationView(String id, String name, String version) {}

  record StateView(String state, String csrfToken, InstallationView installation) {}

  record CodeRequest(@NotBlank @Size(max = 64) String code) {}

  record CeremonyView(String ceremony) {}

  record PasswordCheck(
      @NotNull @Size(max = 1024) String password, @Nullable @Size(max = 64) String name) {}

  record PasswordVerdict(
      int score, boolean accepted, @Nullable String reason, @Nullable String hint) {}

  record AccountRequest(
      @NotBlank @Size(max = 4096) String ceremony,
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String name,
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String tenantName,
      @NotNull @Size(max = 1024) String password) {}

  record TotpView(String secret, String otpauthUri, String qrSvg) {}

  record PasskeyView(Map<String, Object> publicKey) {}

  record OfferView(String ceremony, TotpView totp, @Nullable PasskeyView passkey) {}

  record FinishRequest(
      @NotBlank @Size(max = 4096) String ceremony,
      @NotBlank @Size(max = 16) String factor,
      @Nullable @Size(max = 16) String code,
      @Nullable JsonNode credential) {}

  record DoneView(List<String> recoveryCodes, SessionView session) {}

  @GetMapping
  StateView show(HttpServletRequest request) {
    return new StateView(
        installation.isSetUp() ? "done" : "required",
        cookies.csrfToken(request),
        new InstallationView(installation.shortId(), "Bulkhead", Version.current()));
  }

  @PostMapping("/code")
  CeremonyView code(@Valid @RequestBody CodeRequest body, HttpServletRequest request) {
    return new CeremonyView(setup.acceptCode(body.code(), request.getRemoteAddr()));
  }

  @PostMapping("/password-check")
  PasswordVerdict checkPassword(
      @Valid @RequestBody PasswordCheck body, HttpServletRequest request) {
    final String name = body.name() == null ? "" : body.name();
    final PasswordPolicy.Verdict verdict =
        setup.judge(body.password(), name, request.getRemoteAddr());
    final PasswordPolicy.Refusal refusal = verdict.refusal();
    return new PasswordVerdict(
        verdict.score(),
        verdict.accepted(),
        refusal == null ? null : refusal.code(),
        refusal == null ? null : refusal.advice());
  }

  @PostMapping("/account")
  OfferView account(@Valid @RequestBody AccountRequest body, HttpServletRequest request) {
    final Setup.Offer offer =
        setup.prepare(body.ceremony(), body.name(), body.tenantName(), body.password());
    final Setup.OwnerToBe owner = offer.owner();
    final String secret = Totp.base32(Setup.decode(owner.totpSecret()));
    final String uri = otpauthUri(owner.name(), secret);
    final PasskeyView passkey =
        Sites.find(request).map(site -> passkeyView(site, owner)).orElse(null);
    return new OfferView(offer.ceremony(), new TotpView(secret, uri, QrCode.svg(uri)), passkey);
  }

  @PostMapping("/finish")
  DoneView finish(
      @Valid @RequestBody FinishRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    final Setup.Done done =
        setup.finish(body.ceremony(), proof(body), Sites.find(request), SignIn.Origin.of(request));
    return new DoneView(done.recoveryCodes(), cookies.open(done.session(), request, response));
  }

  private PasskeyView passkeyView(Passkeys.Site site, Setup.OwnerToBe owner) {
    return new PasskeyView(
        passkeys.creationOptions(
            site,
            owner.tenantId(),
            owner.personId(),
            owner.name(),
            Setup.decode(owner.challenge())));
  }

  private static Setup.FactorProof proof(FinishRequest body) {
    return switch (body.factor()) {
      case "totp" -> {
        if (body.code() == null) {
          throw ProblemException.field("code", "type the six digits that the app shows");
        }
        yield new Setup.FactorProof.App(body.code());
      }
      case "passkey" -> {
        if (body.credential() == null) {
          throw ProblemException.field("credential", "send what the browser answered");
        }
        yield new Setup.FactorProof.Passkey(body.credential().toString());
      }
      default -> throw ProblemException.field("factor", "choose totp or passkey");
    };
  }

  private static String otpauthUri(String name, String secret) {
    final String label =
        URLEncoder.encode("Bulkhead:" + name, StandardCharsets.UTF_8).replace("+", "%20");
    return "otpauth://totp/"
        + label
        + "?secret="
        + secret
        + "&issuer=Bulkhead&algorithm=SHA1&digits=6&period=30";
  }
}
