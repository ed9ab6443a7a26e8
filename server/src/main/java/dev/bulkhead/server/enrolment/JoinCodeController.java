package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.fleet.HostTag;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Join codes: `/api/v1/join-codes`.
@RestController
@RequestMapping("/api/v1/join-codes")
final class JoinCodeController {
  private static final int VERSION = 1;

  private final JoinCodes codes;
  private final CertificateAuthority authority;
  private final LinkEndpoint link;

  JoinCodeController(JoinCodes codes, CertificateAuthority authority, LinkEndpoint link) {
    this.codes = codes;
    this.authority = authority;
    this.link = link;
  }

  record JoinCodeRequest(
      @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{43}") String secretDigest,
      @Nullable @Size(max = 20) List<@NotNull @Pattern(regexp = HostTag.FORM, message = HostTag.ADVICE) String> tags,
      @Nullable @Pattern(regexp = "monitor") String mode) {}

  record LinkView(List<String> addresses, boolean loopbackOnly, String caFingerprint) {}

  record NewJoinCodeView(UUID id, Instant expiresAt, LinkView link, UUID tenant, int version) {}

  @PostMapping
  @RequiresPermission(Permission.HOSTS_ENROL)
  NewJoinCodeView create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody JoinCodeRequest body,
      HttpServletRequest request) {
    final List<LinkAddress> addresses = link.addresses();
    final List<String> tags = body.tags() == null ? List.of() : body.tags();
    final JoinStatus made =
        codes.create(
            who,
            new JoinCodes.Wanted(Sha256.parseBase64Url(body.secretDigest()), tags, true),
            request.getRemoteAddr());
    return new NewJoinCodeView(
        made.id(),
        made.expiresAt(),
        new LinkView(
            addresses.stream().map(LinkAddress::toString).toList(),
            link.isLoopbackOnly(),
            authority.fingerprint().toBase64Url()),
        who.tenantId(),
        VERSION);
  }

  @GetMapping("/{id}")
  @RequiresPermission(Permission.HOSTS_ENROL)
  JoinCodeView show(@AuthenticationPrincipal SignedIn who, @PathVariable UUID id) {
    return codes
        .find(who, id)
        .map(JoinCodeView::of)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such join code."));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.HOSTS_ENROL)
  void cancel(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    codes.cancel(who, id, request.getRemoteAddr());
  }
}
