package dev.bulkhead.agent.link;

import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.Pem;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.json.Json;
import dev.bulkhead.agent.json.JsonWriter;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.enrol.CertificateRequest;
import dev.bulkhead.protocol.enrol.EnrolLimits;
import dev.bulkhead.protocol.enrol.EnrolProof;
import dev.bulkhead.protocol.join.LinkAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/// Gets another certificate on the word of the device key: at two thirds of the old one's life, and
/// just as well a week after its end.
final class Renewal {

  /// An identity with a new certificate, and the certificate's key.
  record Renewed(HostIdentity identity, KeyPair key) {}

  private final StateDirectory state;
  private final Clock clock;
  private final AgentLog log;

  Renewal(StateDirectory state, Clock clock, AgentLog log) {
    this.state = state;
    this.clock = clock;
    this.log = log;
  }

  /// Whether two thirds of the certificate's life are over.
  boolean isDue(X509Certificate certificate) {
    Instant begin = certificate.getNotBefore().toInstant();
    Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
    return !clock.instant().isBefore(begin.plus(life.multipliedBy(2).dividedBy(3)));
  }

  /// Asks at each address in turn.
  ///
  /// @return the identity with its new certificate, and the key; nothing has been saved
  /// @throws IOException when no server answered, or one refused
  /// @throws GeneralSecurityException when keys or certificates cannot be used
  Renewed renew(HostIdentity identity) throws IOException, GeneralSecurityException {
    KeyPair device = state.deviceKey();
    KeyPair tls = state.newTlsKey();
    byte[] csr = CertificateRequest.create(tls, identity.hostId().toString());
    X509Certificate authority = Pem.parseCertificate(identity.authority());
    PinnedTrust trust = new PinnedTrust(Sha256.digest(authority.getEncoded()), authority);
    IOException last = new IOException("no address");
    for (LinkAddress address : identity.addresses()) {
      HttpReply reply;
      try (TlsConnection connection = TlsConnection.open(address, trust, null)) {
        String body = body(identity, device, csr);
        reply = HttpReply.post(connection, address, EnrolLimits.RENEW_PATH, body);
      } catch (IOException e) {
        last = e;
        continue;
      }
      return answer(reply, identity, tls);
    }
    throw last;
  }

  private String body(HostIdentity identity, KeyPair device, byte[] csr)
      throws GeneralSecurityException {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    byte[] proof = EnrolProof.forRenew(csr, identity.hostId(), time).sign(device.getPrivate());
    return new JsonWriter()
        .beginObject()
        .name("version")
        .value(EnrolLimits.VERSION)
        .member("hostId", identity.hostId().toString())
        .member("tenant", identity.tenant().toString())
        .member("time", time.toString())
        .member("csr", Base64.getEncoder().encodeToString(csr))
        .member("deviceProof", Base64.getUrlEncoder().withoutPadding().encodeToString(proof))
        .endObject()
        .toString();
  }

  private Renewed answer(HttpReply reply, HostIdentity identity, KeyPair tls)
      throws IOException, GeneralSecurityException {
    if (reply.status() != 200) {
      String code = reply.problemCode();
      if (code.equals("clock_skew")) {
        log.warn("clock_off", "here", clock.instant().toString(), "server", reply.date());
      }
      throw new RenewalRefusedException(code, reply.problemDetail());
    }
    Json.Obj answer = reply.object();
    String certificate = answer.getString("certificate");
    // The authority that was pinned at joining stays: an answer cannot bring another.
    Enrolment.checkCertificate(certificate, identity.authority(), tls);
    HostIdentity renewed =
        identity.withCertificate(identity.authority(), certificate, state.newTlsKeyFile());
    log.info("certificate_renewed");
    return new Renewed(renewed, tls);
  }
}
