package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Open;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Accepting an invitation: `/api/v1/invitation`. Open, because who is invited cannot sign in yet;
/// worthless without a code.
@Open
@RestController
@RequestMapping("/api/v1/invitation")
final class AcceptanceController {
  private final Acceptance acceptance;
  private final EntranceForms forms;
  private final SessionCookies cookies;

  AcceptanceController(Acceptance acceptance, EntranceForms forms, SessionCookies cookies) {
    this.acceptance = acceptance;
    this.forms = forms;
    this.cookies = cookies;
  }

  record InvitationCodeRequest(@NotBlank @Size(max = 200) String code) {}

  /// @param invitedBy the name of whoever made the invitation
  record InvitationOpenedView(
      String ceremony, String tenantName, String role, String note, String invitedBy) {}

  record InviteeRequest(
      @NotBlank @Size(max = 4096) String ceremony,
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String name,
      @NotNull @Size(max = 1024) String password) {}

  @PostMapping("/code")
  InvitationOpenedView code(
      @Valid @RequestBody InvitationCodeRequest body, HttpServletRequest request) {
    final Acceptance.Opened opened = acceptance.acceptCode(body.code(), request.getRemoteAddr());
    return new InvitationOpenedView(
        opened.ceremony(),
        opened.invitation().tenantName(),
        opened.invitation().role().code(),
        opened.invitation().note(),
        opened.invitation().createdByName());
  }

  @PostMapping("/password-check")
  EntranceForms.PasswordVerdict checkPassword(
      @Valid @RequestBody EntranceForms.PasswordCheck body, HttpServletRequest request) {
    return EntranceForms.PasswordVerdict.of(
        acceptance.judge(body.password(), body.nameOrEmpty(), request.getRemoteAddr()));
  }

  @PostMapping("/account")
  EntranceForms.OfferView account(
      @Valid @RequestBody InviteeRequest body, HttpServletRequest request) {
    final Acceptance.Offer offer =
        acceptance.prepare(body.ceremony(), body.name(), body.password(), request.getRemoteAddr());
    return forms.offer(offer.ceremony(), offer.draft(), request);
  }

  @PostMapping("/finish")
  EntranceForms.DoneView finish(
      @Valid @RequestBody EntranceForms.FinishRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    final NewPerson.Done done =
        acceptance.finish(
            body.ceremony(), body.proof(), Sites.find(request), SignIn.Origin.of(request));
    return new EntranceForms.DoneView(
        done.recoveryCodes(), cookies.open(done.session(), request, response));
  }
}
