package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.secrets.Keys;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Whoever may read the server's data directory may look at its fleet, and let hosts in, from a
/// terminal on the same machine: each start writes a fresh token to `local-token`, which opens what
/// [Role#LOCAL] may, from loopback alone. Thread-safe.
@Component
final class LocalOperator {
  private static final String PREFIX = "Bearer bhl_";
  private static final int TOKEN_BYTES = 32;
  private static final UUID NOBODY = new UUID(0, 0);

  private final Installation installation;
  private final Database database;
  private final Clock clock;
  private final byte[] authorization;

  LocalOperator(
      ServerConfiguration configuration,
      Installation installation,
      Database database,
      Keys keys,
      Clock clock) {
    this.installation = installation;
    this.database = database;
    this.clock = clock;
    final String token =
        Base64.getUrlEncoder().withoutPadding().encodeToString(keys.random(TOKEN_BYTES));
    authorization = (PREFIX + token).getBytes(StandardCharsets.UTF_8);
    final Path file = configuration.data().resolve("local-token");
    PrivateFile.write(file, "bhl_" + token + "\n");
  }

  /// Whether the request brings a credential of its own, beside which its cookies count for
  /// nothing.
  static boolean isClaimed(HttpServletRequest request) {
    return request.getHeader("Authorization") != null;
  }

  /// The local operator, when the request carries the token and comes from this machine.
  Optional<SignedIn> find(HttpServletRequest request) {
    final String header = request.getHeader("Authorization");
    if (header == null
        || !MessageDigest.isEqual(authorization, header.getBytes(StandardCharsets.UTF_8))
        || !isLoopback(request.getRemoteAddr())) {
      return Optional.empty();
    }
    return installation.isSetUp() ? Optional.of(signedIn(homeTenant())) : Optional.empty();
  }

  // With every tenant deleted there are no hosts to look at, but still tenants to restore.
  private UUID homeTenant() {
    return database
        .sql()
        .sql(
            """
            select tenant_id from (
              select tenant_id, 1 as choice from (select tenant_id from list_home_tenants() limit 1) home
              union all select tenant_id, 2 from (select tenant_id from list_tenants() limit 1) oldest) living
            order by choice limit 1
            """)
        .query(UUID.class)
        .optional()
        .orElse(Database.PLATFORM);
  }

  private SignedIn signedIn(UUID tenant) {
    return new SignedIn(
        tenant,
        NOBODY,
        "local operator",
        "",
        Role.LOCAL,
        Scope.whole(),
        false,
        new Credential.LocalToken(NOBODY, clock.instant().plus(Sessions.ABSOLUTE)));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
