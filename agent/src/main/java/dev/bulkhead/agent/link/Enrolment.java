package dev.bulkhead.agent.link;

import dev.bulkhead.agent.HostFacts;
import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.Pem;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.json.Json;
import dev.bulkhead.agent.json.JsonFormatException;
import dev.bulkhead.agent.json.JsonWriter;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.enrol.CertificateRequest;
import dev.bulkhead.protocol.enrol.EnrolLimits;
import dev.bulkhead.protocol.enrol.EnrolProof;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.protocol.join.LinkAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// Joins this host to the fleet of the server that a join code names.
public final class Enrolment {

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final StateDirectory state;
  private final HostFacts facts;
  private final Clock clock;

  /// For a state directory that has not joined.
  public Enrolment(StateDirectory state, HostFacts facts, Clock clock) {
    this.state = state;
    this.facts = facts;
    this.clock = clock;
  }

  /// Tries the code's addresses in order. The first server that shows the pinned authority decides.
  ///
  /// @throws IOException when the state directory cannot be written
  /// @throws GeneralSecurityException when keys cannot be made or read
  public JoinResult join(JoinCode code) throws IOException, GeneralSecurityException {
    KeyPair device = state.deviceKey();
    KeyPair tls = state.newTlsKey();
    byte[] csr = CertificateRequest.create(tls, facts.hostname());
    LinkFailure worst = null;
    List<String> details = new ArrayList<>();
    for (LinkAddress address : code.addresses()) {
      HttpReply reply;
      try (TlsConnection connection =
          TlsConnection.open(address, new PinnedTrust(code.authority(), null), null)) {
        reply =
            HttpReply.post(connection, address, EnrolLimits.ENROL_PATH, body(code, device, csr));
      } catch (IOException e) {
        LinkFailure failure = LinkFailure.of(e);
        worst = worst == null || failure.compareTo(worst) > 0 ? failure : worst;
        details.add(address + ": " + describe(failure, e));
        continue;
      }
      return answer(reply, code, tls);
    }
    LinkFailure failure = worst == null ? LinkFailure.NOT_REACHABLE : worst;
    return new JoinResult.Failed(
        failure.code(),
        failure.exitCode(),
        failure.explanation(),
        String.join("; ", details),
        failure.remedy());
  }

  private String describe(LinkFailure failure, IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return failure == LinkFailure.CLOCK_OFF
        ? "this host's clock says " + now() + "; the server's certificate: " + message
        : message;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private String body(JoinCode code, KeyPair device, byte[] csr) throws IOException {
    Instant time = now();
    byte[] spki = device.getPublic().getEncoded();
    byte[] proof;
    try {
      proof = EnrolProof.forEnrol(csr, code.joinId(), time).sign(device.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IOException("the device key cannot sign", e);
    }
    return new JsonWriter()
        .beginObject()
        .name("version")
        .value(EnrolLimits.VERSION)
        .member("joinId", code.joinId().toString())
        .member("tenant", code.tenant().toString())
        .member("enrolKey", URL.encodeToString(code.enrolKey().reveal()))
        .member("deviceKey", URL.encodeToString(spki))
        .member("deviceProof", URL.encodeToString(proof))
        .member("time", time.toString())
        .member("proveMac", URL.encodeToString(code.proveMac(spki, csr)))
        .member("csr", Base64.getEncoder().encodeToString(csr))
        .member("hostname", facts.hostname())
        .member("os", facts.osDescription())
        .member("architecture", facts.architecture())
        .member("agentVersion", HostFacts.version())
        .endObject()
        .toString();
  }

  private JoinResult answer(HttpReply reply, JoinCode code, KeyPair tls)
      throws IOException, GeneralSecurityException {
    if (reply.status() != 200) {
      JoinRefusal refusal = JoinRefusal.of(reply.problemCode());
      String detail = reply.problemDetail();
      if (refusal == JoinRefusal.CLOCK_OFF) {
        detail += "; this host's clock says " + now() + ", the server's " + reply.date();
      }
      return new JoinResult.Failed(
          refusal.code, refusal.exitCode, refusal.explanation, detail, refusal.remedy);
    }
    HostIdentity identity;
    try {
      identity = identity(reply.object(), code, tls);
    } catch (JsonFormatException | GeneralSecurityException | IllegalArgumentException e) {
      JoinRefusal refusal = JoinRefusal.REFUSED;
      return new JoinResult.Failed(
          "bad_answer",
          refusal.exitCode,
          "The server's answer cannot be used",
          String.valueOf(e.getMessage()),
          refusal.remedy);
    }
    state.save(identity, tls);
    return new JoinResult.Joined(identity);
  }

  private HostIdentity identity(Json.Obj answer, JoinCode code, KeyPair tls)
      throws JsonFormatException, GeneralSecurityException {
    String authority = answer.getString("authority");
    String certificate = answer.getString("certificate");
    Sha256 shown = Sha256.digest(Pem.parseCertificate(authority).getEncoded());
    if (!shown.equals(code.authority())) {
      throw new AuthorityMismatchException();
    }
    UUID tenant = UUID.fromString(answer.getString("tenant"));
    if (!tenant.equals(code.tenant())) {
      throw new JsonFormatException("another tenant than the join code's");
    }
    checkCertificate(certificate, authority, tls);
    return new HostIdentity(
        UUID.fromString(answer.getString("hostId")),
        tenant,
        code.addresses(),
        authority,
        certificate,
        state.newTlsKeyFile());
  }

  /// A certificate is for our key and by our authority, or it is not taken.
  static void checkCertificate(String certificate, String authority, KeyPair tls)
      throws GeneralSecurityException {
    X509Certificate leaf = Pem.parseCertificate(certificate);
    leaf.verify(Pem.parseCertificate(authority).getPublicKey());
    if (!leaf.getPublicKey().equals(tls.getPublic())) {
      throw new GeneralSecurityException("the certificate is for another key");
    }
  }
}
