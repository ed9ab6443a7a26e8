package dev.bulkhead.server.enrolment;

import dev.bulkhead.server.fleet.HostKey;
import java.math.BigInteger;
import java.time.Instant;

/// A certificate of a host that was good when it was judged.
///
/// @param notAfter when it ends, and with it every connection that was opened with it
public record HostCertificate(HostKey host, BigInteger serial, Instant notAfter) {}
