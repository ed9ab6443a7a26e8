package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Open;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Signing in and out: `/api/v1/session`.
@RestController
@RequestMapping("/api/v1/session")
final class SessionController {
  private final SignIn signIn;
  private final SessionCookies cookies;
  private final SessionViews views;

  SessionController(SignIn signIn, SessionCookies cookies, SessionViews views) {
    this.signIn = signIn;
    this.cookies = cookies;
    this.views = views;
  }

  record PasswordRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*", message = "must not hold control characters") String name,
      @NotNull @Size(max = 1024) String password) {}

  record NextView(String ceremony, List<String> factors) {}

  record CodeRequest(
      @NotBlank @Size(max = 4096) String ceremony, @NotBlank @Size(max = 32) String code) {}

  record PasskeyOptionsView(String ceremony, Map<String, Object> publicKey) {}

  record PasskeyRequest(
      @NotBlank @Size(max = 4096) String ceremony, @NotNull JsonNode credential) {}

  @GetMapping
  @RequiresPermission(Permission.OWN_ACCOUNT)
  SessionView show(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    return views.of(who, cookies.csrfToken(request));
  }

  @Open
  @PostMapping("/password")
  NextView password(@Valid @RequestBody PasswordRequest body, HttpServletRequest request) {
    final SignIn.Next next =
        signIn.password(body.name(), body.password(), SignIn.Origin.of(request));
    return new NextView(next.ceremony(), next.factors());
  }

  @Open
  @PostMapping("/totp")
  SessionView totp(
      @Valid @RequestBody CodeRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    return cookies.open(
        signIn.totp(body.ceremony(), body.code(), SignIn.Origin.of(request)), request, response);
  }

  @Open
  @PostMapping("/recovery")
  SessionView recovery(
      @Valid @RequestBody CodeRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    return cookies.open(
        signIn.recovery(body.ceremony(), body.code(), SignIn.Origin.of(request)),
        request,
        response);
  }

  @Open
  @PostMapping("/passkey/options")
  PasskeyOptionsView passkeyOptions(HttpServletRequest request) {
    final SignIn.PasskeyRequest asked =
        signIn.askPasskey(Sites.get(request), SignIn.Origin.of(request));
    return new PasskeyOptionsView(asked.ceremony(), asked.options());
  }

  @Open
  @PostMapping("/passkey")
  SessionView passkey(
      @Valid @RequestBody PasskeyRequest body,
      HttpServletRequest request,
      HttpServletResponse response) {
    return cookies.open(
        signIn.passkey(
            body.ceremony(),
            body.credential().toString(),
            Sites.get(request),
            SignIn.Origin.of(request)),
        request,
        response);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.OWN_SIGN_IN)
  void signOut(
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response) {
    signIn.signOut(who, request.getRemoteAddr());
    cookies.close(request, response);
  }
}
