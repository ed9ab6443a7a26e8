package dev.bulkhead.agent.link;

import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.Pem;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.log.AgentLog;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What the host shows the server: its identity with the key of the certificate.
///
/// A renewed pair holds at once. While the disk takes nothing (full, read-only) it lives in memory,
/// and the disk is tried again every minute; a restart before that begins with the old pair, which
/// still serves to renew. Not thread-safe.
final class HostCredentials {

  private static final long SAVE_AGAIN = Duration.ofMinutes(1).toNanos();

  private final StateDirectory state;
  private final AgentLog log;
  private final LongSupplier nanoTime;
  private HostIdentity identity;
  // The key that the disk does not have yet.
  private @Nullable KeyPair unsaved;
  private long saveTriedAt;

  HostCredentials(
      StateDirectory state, HostIdentity identity, AgentLog log, LongSupplier nanoTime) {
    this.state = state;
    this.identity = identity;
    this.log = log;
    this.nanoTime = nanoTime;
  }

  HostIdentity identity() {
    return identity;
  }

  /// Shows the certificate in use.
  ///
  /// @throws IOException when the key cannot be read
  /// @throws GeneralSecurityException when key or certificate is none
  HostKeyManager keyManager() throws IOException, GeneralSecurityException {
    KeyPair key = unsaved != null ? unsaved : state.tlsKey(identity);
    return new HostKeyManager(Pem.parseCertificate(identity.certificate()), key.getPrivate());
  }

  /// Takes a renewed identity and its key, and saves them if the disk allows.
  void replace(HostIdentity renewed, KeyPair key) {
    identity = renewed;
    unsaved = key;
    save(key, true);
  }

  /// Saves what the disk did not take, once a minute.
  void saveIfDue() {
    KeyPair key = unsaved;
    if (key != null && nanoTime.getAsLong() - saveTriedAt >= SAVE_AGAIN) {
      save(key, false);
    }
  }

  private void save(KeyPair key, boolean first) {
    saveTriedAt = nanoTime.getAsLong();
    try {
      state.save(identity, key);
      unsaved = null;
      if (!first) {
        log.info("certificate_saved");
      }
    } catch (IOException e) {
      // The same failure every minute is one line.
      if (first) {
        log.warn("certificate_not_saved", "detail", e.toString(), "kept", "in memory");
      }
    }
  }
}
