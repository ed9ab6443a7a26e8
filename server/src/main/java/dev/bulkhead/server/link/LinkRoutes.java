package dev.bulkhead.server.link;

import dev.bulkhead.protocol.enrol.EnrolLimits;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import dev.bulkhead.server.enrolment.HostCertificate;
import dev.bulkhead.server.enrolment.HostCertificates;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// What the link answers: two requests for whoever comes, the WebSocket for good certificates, and
/// 404 for all else. The wrapped handler upgrades.
final class LinkRoutes extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(LinkRoutes.class);
  private static final String CERTIFICATE = HostCertificate.class.getName();

  private final EnrolRoutes enrol;
  private final HostCertificates certificates;
  private final LinkConnections connections;

  LinkRoutes(EnrolRoutes enrol, HostCertificates certificates, LinkConnections connections) {
    this.enrol = enrol;
    this.certificates = certificates;
    this.connections = connections;
  }

  /// The certificate under which an upgrade was let through.
  static HostCertificate certificate(Request request) {
    return (HostCertificate) request.getAttribute(CERTIFICATE);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    connections.used(request);
    try {
      route(request, response, callback);
    } catch (ProblemException refused) {
      LinkProblems.write(response, callback, refused);
    } catch (DataAccessException away) {
      LOG.atWarn().setMessage("request refused").setCause(away).log();
      LinkProblems.write(response, callback, ProblemType.UNAVAILABLE, "Try again.");
    } catch (Exception unforeseen) {
      // The boundary: whatever was not foreseen is logged with its cause and answered without it.
      LOG.atError().setMessage("request failed").setCause(unforeseen).log();
      LinkProblems.write(response, callback, ProblemType.INTERNAL, null);
    }
    return true;
  }

  private void route(Request request, Response response, Callback callback) throws Exception {
    switch (request.getHttpURI().getPath()) {
      case EnrolLimits.ENROL_PATH -> enrol.enrol(request, response, callback);
      case EnrolLimits.RENEW_PATH -> enrol.renew(request, response, callback);
      case TelemetryChannel.PATH -> upgrade(request, response, callback);
      case null, default -> throw new ProblemException(ProblemType.NOT_FOUND, "Nothing is here.");
    }
  }

  // A pooled connection is upgraded without another handshake: the certificate is judged anew.
  private void upgrade(Request request, Response response, Callback callback) throws Exception {
    final EndPoint.SslSessionData tls =
        (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
    final X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
    if (chain == null || chain.length == 0) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "Join first.");
    }
    try {
      request.setAttribute(CERTIFICATE, certificates.judge(chain[0]));
    } catch (CertificateException notGood) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "The certificate is not good now.");
    }
    if (!super.handle(request, response, callback)) {
      throw new ProblemException(ProblemType.BAD_REQUEST, "Open a WebSocket here.");
    }
  }
}
