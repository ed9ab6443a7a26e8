package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.Hosts;
import dev.bulkhead.server.identity.Installation;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Lets the agent on this server's own machine in without a person: once the setup is done, a join
/// code lies in the file `local-join-code`, which the server's user alone can read, and is renewed
/// until the agent has used it. Then `local-host-joined` says so, until that host
/// is removed.
@Component
final class LocalJoin {
  private static final Logger LOG = LoggerFactory.getLogger(LocalJoin.class);
  // An agent that finds the code must have time to use it.
  private static final Duration RENEW_BEFORE = Duration.ofMinutes(2);
  private static final int LOOKS_AT_HOST = 10;
  private static final int INTERVAL_MILLIS = 1_000;

  private final Installation installation;
  private final JoinCodes codes;
  private final CertificateAuthority authority;
  private final LinkEndpoint link;
  private final Hosts hosts;
  private final Database database;
  private final Keys keys;
  private final Clock clock;
  private final boolean expected;
  private final boolean protectedFromServer;
  private final Path codeFile;
  private final Path joinedFile;
  private int looks;

  LocalJoin(
      Installation installation,
      JoinCodes codes,
      CertificateAuthority authority,
      LinkEndpoint link,
      Hosts hosts,
      Database database,
      Keys keys,
      Clock clock,
      ServerConfiguration configuration) {
    this.installation = installation;
    this.codes = codes;
    this.authority = authority;
    this.link = link;
    this.hosts = hosts;
    this.database = database;
    this.keys = keys;
    this.clock = clock;
    expected = configuration.localAgent();
    protectedFromServer = configuration.localAgentProtected();
    codeFile = configuration.data().resolve("local-join-code");
    joinedFile = configuration.data().resolve("local-host-joined");
  }

  @Scheduled(fixedDelay = INTERVAL_MILLIS)
  void look() {
    try {
      lookOnce();
    } catch (DataAccessException | IOException away) {
      LOG.atWarn().setMessage("the local agent's join code waits").setCause(away).log();
    } catch (ProblemException notYet) {
      LOG.atDebug().setMessage("the local agent's join code waits").setCause(notYet).log();
    }
  }

  private synchronized void lookOnce() throws IOException {
    if (!expected || !installation.isSetUp()) {
      return;
    }
    if (Files.exists(joinedFile)) {
      Files.deleteIfExists(codeFile);
      lookAfterJoined();
      return;
    }
    final Optional<JoinStatus> status = current();
    if (status.isPresent() && status.get().host() != null) {
      write(joinedFile, status.get().host().id().toString());
      Files.deleteIfExists(codeFile);
    } else if (status.isEmpty()
        || status.get().state() == JoinStatus.State.EXPIRED
        || clock.instant().plus(RENEW_BEFORE).isAfter(status.get().expiresAt())) {
      Files.deleteIfExists(codeFile);
      final Optional<UUID> tenant = homeTenant();
      if (tenant.isPresent()) {
        write(codeFile, create(tenant.get()).encode());
      }
    }
  }

  // Whoever removed the local host in the list wants it to join anew, with new keys.
  private void lookAfterJoined() throws IOException {
    if (looks++ % LOOKS_AT_HOST != 0) {
      return;
    }
    final UUID host = UUID.fromString(Files.readString(joinedFile).strip());
    final Optional<UUID> home = homeTenant();
    // While its tenant is deleted nobody has removed the host: a restored tenant has it back.
    final boolean stays =
        home.isEmpty()
            || database
                .inTenant(home.get(), () -> hosts.find(host))
                .filter(row -> !row.isRemoved())
                .isPresent();
    if (!stays) {
      Files.deleteIfExists(joinedFile);
    }
  }

  // The file is the only memory: a restart goes on with the code that lies there.
  private Optional<JoinStatus> current() throws IOException {
    if (!Files.exists(codeFile)) {
      return Optional.empty();
    }
    return switch (JoinCode.parse(Files.readString(codeFile))) {
      case JoinCode.Parsed.Valid valid
          when valid.code().authority().equals(authority.fingerprint())
              && valid.code().addresses().equals(link.addresses()) ->
          codes.findAny(valid.code().tenant(), valid.code().joinId());
      case JoinCode.Parsed.Valid _, JoinCode.Parsed.Invalid _ -> Optional.empty();
    };
  }

  private JoinCode create(UUID tenant) {
    final Secret secret = Secret.of(keys.random(JoinCode.SECRET_LENGTH));
    final JoinCode draft =
        new JoinCode(
            JoinCode.VERSION,
            tenant,
            authority.fingerprint(),
            Sha256.ZERO,
            secret,
            JoinCodes.SERVER,
            link.addresses());
    final JoinStatus made =
        codes.createLocal(
            tenant, new JoinCodes.Wanted(draft.secretDigest(), List.of(), protectedFromServer));
    return new JoinCode(
        draft.version(),
        tenant,
        draft.authority(),
        draft.roster(),
        secret,
        made.id(),
        draft.addresses());
  }

  // The tenant of the people who run the installation: nobody else's fleet gets this machine.
  private Optional<UUID> homeTenant() {
    return database.acrossTenants(
        () ->
            database
                .sql()
                .sql("select tenant_id from list_home_tenants() limit 1")
                .query(UUID.class)
                .optional());
  }

  private static void write(Path file, String content) throws IOException {
    final Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(temporary, content + "\n");
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
