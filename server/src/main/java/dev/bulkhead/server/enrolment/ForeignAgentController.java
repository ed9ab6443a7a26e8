package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.fleet.HostTag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Certificates for OpAMP agents that are not ours: `/api/v1/foreign-agents`.
@RestController
@RequestMapping("/api/v1/foreign-agents")
final class ForeignAgentController {
  private static final int MAX_CSR = 8192;

  private final ForeignAgents agents;
  private final CertificateAuthority authority;
  private final LinkEndpoint link;

  ForeignAgentController(ForeignAgents agents, CertificateAuthority authority, LinkEndpoint link) {
    this.agents = agents;
    this.authority = authority;
    this.link = link;
  }

  record ForeignAgentRequest(
      @NotBlank @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must not hold control characters") String name,
      @NotBlank @Size(max = MAX_CSR) String csr,
      @Nullable @Size(max = 32) List<@NotNull @Pattern(regexp = HostTag.FORM, message = HostTag.ADVICE) String> tags) {}

  /// Certificates as PEM.
  record ForeignAgentView(
      UUID id,
      String name,
      String certificate,
      String authority,
      List<String> addresses,
      Instant notAfter) {}

  @PostMapping
  @RequiresPermission(Permission.HOSTS_ENROL)
  ForeignAgentView create(
      @AuthenticationPrincipal SignedIn who,
      @Valid @RequestBody ForeignAgentRequest body,
      HttpServletRequest request) {
    final List<LinkAddress> addresses = link.addresses();
    final ForeignAgents.Made made =
        agents.certify(
            who,
            new ForeignAgents.Wanted(
                body.name().strip(), body.csr(), body.tags() == null ? List.of() : body.tags()),
            request.getRemoteAddr());
    return new ForeignAgentView(
        made.host().host(),
        made.name(),
        CertificateForms.pem(made.certificate()),
        CertificateForms.pem(authority.certificate()),
        addresses.stream().map(LinkAddress::toString).toList(),
        made.certificate().getNotAfter().toInstant());
  }
}
