package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Open;
import dev.bulkhead.server.web.Version;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The first run: `/api/v1/setup`. Open, because nobody can sign in yet; worthless without the
/// setup code.
@Open
@RestController
@RequestMapping("/api/v1/setup")
final class SetupController {
  private final Setup setup;
  private final Installation installation;
  private final EntranceForms forms;
  private final SessionCookies cookies;

  SetupController(
      Setup setup, Installation installation, EntranceForms forms, SessionCookies cookies) {
    this.setup = setup;
    this.installation = installation;
    this.forms = forms;
    this.cookies = cookies;
  }

  record InstallationView(String id, String name, String version) {}

  record StateView(String state, String csrfToken, InstallationView installation) {}

  record CodeRequest(@NotBlank @Size(max = 64) String code) {}

  record CeremonyView(String ceremony) {}

  record AccountRequest(
      @NotBlank @Size(max = 4096) String ceremony,
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String name,
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String tenantName,
      @NotNull @Size(max = 1024) String password) {}

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
  EntranceForms.PasswordVerdict checkPassword(
      @Valid @RequestBody EntranceForms.PasswordCheck body, HttpServletRequest request) {
    return EntranceForms.PasswordVerdict.of(
        setup.judge(body.password(), body.nameOrEmpty(), request.getRemoteAddr()));
  }

  @PostMapping("/account")
  EntranceForms.OfferView account(
      @Valid @RequestBody AccountRequest body, HttpServletRequest request) {
    final Setup.Offer offer =
        setup.prepare(body.ceremony(), body.name(), body.tenantName(), body.password());
    return forms.offer(offer.ceremony(), offer.draft(), request);
  }

  @PostMapping("/finish")
  EntranceForms.DoneView finish(
      @Valid @RequestBody EntranceForms.FinishRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    final NewPerson.Done done =
        setup.finish(body.ceremony(), body.proof(), Sites.find(request), SignIn.Origin.of(request));
    return new EntranceForms.DoneView(
        done.recoveryCodes(), cookies.open(done.session(), request, response));
  }
}
