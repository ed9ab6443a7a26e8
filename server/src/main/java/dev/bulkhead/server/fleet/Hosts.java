package dev.bulkhead.server.fleet;

import dev.bulkhead.server.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Rows of hosts. Every method runs inside a tenant's transaction of the caller's.
@Component
public final class Hosts {
  /// The kind of a host whose agent is somebody else's.
  public static final String FOREIGN = "foreign";

  private static final String COLUMNS =
      """
      select tenant_id, id, name, tags, kind, mode, device_key, device_fingerprint, hostname, os, kernel, architecture,
        agent_version, protected_from_server, remote_address, booted_at, joined_at, last_seen_at, version, removed_at
      from host
      """;

  private final Database database;

  Hosts(Database database) {
    this.database = database;
  }

  /// A host's row.
  ///
  /// @param deviceKey SubjectPublicKeyInfo in DER
  /// @param deviceFingerprint SHA-256 of the device key
  /// @param removedAt when its owner removed it; such a host may not connect
  @SuppressWarnings("ArrayRecordComponent") // read-only rows, compared by key alone
  public record Host(
      HostKey key,
      String name,
      List<String> tags,
      String kind,
      String mode,
      byte[] deviceKey,
      byte[] deviceFingerprint,
      HostDescription description,
      boolean protectedFromServer,
      String remoteAddress,
      Instant joinedAt,
      @Nullable Instant lastSeenAt,
      long version,
      @Nullable Instant removedAt) {
    /// Whether it is somebody else's OpAMP agent.
    public boolean isForeign() {
      return kind.equals(FOREIGN);
    }

    public boolean isRemoved() {
      return removedAt != null;
    }
  }

  /// Adds a host that has just joined. Its name is the one that it gives itself, with a number when
  /// that is taken.
  ///
  /// @return the name that it got
  public String create(Host host) {
    final String name = freeName(host.name());
    insert(host, name);
    return name;
  }

  /// Adds a host under exactly its name.
  ///
  /// @throws org.springframework.dao.DuplicateKeyException when the name or the device key is taken
  public void createNamed(Host host) {
    insert(host, host.name());
  }

  private void insert(Host host, String name) {
    database
        .sql()
        .sql(
            """
            insert into host (tenant_id, id, name, tags, kind, mode, device_key, device_fingerprint, hostname, os,
              kernel, architecture, agent_version, protected_from_server, remote_address, joined_at, booted_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            host.key().tenant(),
            host.key().host(),
            name,
            host.tags().toArray(String[]::new),
            host.kind(),
            host.mode(),
            host.deviceKey(),
            host.deviceFingerprint(),
            host.description().hostname(),
            host.description().os(),
            host.description().kernel(),
            host.description().architecture(),
            host.description().agentVersion(),
            host.protectedFromServer(),
            host.remoteAddress(),
            at(host.joinedAt()))
        .param(atOrNull(host.description().bootedAt()))
        .update();
  }

  /// A host, removed or not.
  public Optional<Host> find(UUID id) {
    return database
        .sql()
        .sql(COLUMNS + " where id = ?")
        .param(id)
        .query((row, n) -> host(row))
        .optional();
  }

  public Optional<Host> findByDevice(byte[] fingerprint) {
    return database
        .sql()
        .sql(COLUMNS + " where device_fingerprint = ?")
        .param(fingerprint)
        .query((row, n) -> host(row))
        .optional();
  }

  /// The host of this name, letters' case aside, that has not been removed.
  public Optional<Host> findByName(String name) {
    return database
        .sql()
        .sql(COLUMNS + " where lower(name) = lower(?) and removed_at is null")
        .param(name)
        .query((row, n) -> host(row))
        .optional();
  }

  /// Gives a host another key.
  ///
  /// @throws org.springframework.dao.DuplicateKeyException when the key is another host's
  public void replaceDevice(UUID id, byte[] deviceKey, byte[] fingerprint) {
    database
        .sql()
        .sql("update host set device_key = ?, device_fingerprint = ? where id = ?")
        .params(deviceKey, fingerprint, id)
        .update();
  }

  /// Whether a foreign host goes by this OpAMP instance uid: the one that it came with first, which
  /// is bound to it for good; of several who come at once, one is first.
  ///
  /// @param uid 16 bytes
  public boolean bindInstance(UUID id, byte[] uid) {
    return database
            .sql()
            .sql(
                """
                update host set instance_uid = :uid where id = :id and kind = 'foreign'
                  and (instance_uid is null or instance_uid = :uid)
                """)
            .param("uid", uid)
            .param("id", id)
            .update()
        == 1;
  }

  /// The hosts that have not been removed, by name.
  public List<Host> listLive() {
    return database
        .sql()
        .sql(COLUMNS + " where removed_at is null order by lower(name)")
        .query((row, n) -> host(row))
        .list();
  }

  /// Notes what a host says about itself and where it came from.
  public void describe(UUID id, HostDescription description, String remoteAddress) {
    database
        .sql()
        .sql(
            """
            update host set hostname = ?, os = ?, kernel = ?, architecture = ?, agent_version = ?,
              remote_address = ?, booted_at = ? where id = ?
            """)
        .params(
            description.hostname(),
            description.os(),
            description.kernel(),
            description.architecture(),
            description.agentVersion(),
            remoteAddress)
        .param(atOrNull(description.bootedAt()))
        .param(id)
        .update();
  }

  /// Changes name and tags; empty when the version is no longer the one that the caller saw.
  Optional<Host> edit(UUID id, String name, List<String> tags, long version) {
    database
        .sql()
        .sql(
            """
            update host set name = ?, tags = ?, version = version + 1
            where id = ? and version = ? and removed_at is null
            """)
        .params(name, tags.toArray(String[]::new), id, version)
        .update();
    return find(id).filter(host -> host.version() == version + 1);
  }

  boolean remove(UUID id, Instant now) {
    return database
            .sql()
            .sql("update host set removed_at = ? where id = ? and removed_at is null")
            .params(at(now), id)
            .update()
        == 1;
  }

  /// Notes when hosts were last heard of, so that a restart knows.
  void noteSeen(Map<UUID, Instant> seen) {
    database
        .sql()
        .sql(
            """
            update host h set last_seen_at = s.at
            from unnest(cast(? as uuid[]), cast(? as timestamptz[])) as s (id, at) where h.id = s.id
            """)
        .params(
            seen.keySet().toArray(UUID[]::new),
            seen.values().stream().map(Instant::toString).toArray(String[]::new))
        .update();
  }

  boolean isNameTaken(String name, @Nullable UUID except) {
    return database
        .sql()
        .sql(
            """
            select exists (select from host where lower(name) = lower(:name) and removed_at is null
              and (cast(:except as uuid) is null or id <> :except))
            """)
        .param("name", name)
        .param("except", except)
        .query(Boolean.class)
        .single();
  }

  private String freeName(String wanted) {
    final String base = shortened(wanted);
    String name = base;
    for (int n = 2; isNameTaken(name, null); n++) {
      name = base + "-" + n;
    }
    return name;
  }

  // Room is left for a number behind it.
  private static String shortened(String wanted) {
    if (wanted.isBlank()) {
      return "host";
    }
    final int signs = Math.min(wanted.codePointCount(0, wanted.length()), 56);
    return wanted.substring(0, wanted.offsetByCodePoints(0, signs));
  }

  private static Host host(ResultSet row) throws SQLException {
    return new Host(
        new HostKey(row.getObject("tenant_id", UUID.class), row.getObject("id", UUID.class)),
        row.getString("name"),
        List.of((String[]) row.getArray("tags").getArray()),
        row.getString("kind"),
        row.getString("mode"),
        row.getBytes("device_key"),
        row.getBytes("device_fingerprint"),
        new HostDescription(
            row.getString("hostname"),
            row.getString("os"),
            row.getString("kernel"),
            row.getString("architecture"),
            row.getString("agent_version"),
            instant(row, "booted_at")),
        row.getBoolean("protected_from_server"),
        row.getString("remote_address"),
        row.getObject("joined_at", OffsetDateTime.class).toInstant(),
        instant(row, "last_seen_at"),
        row.getLong("version"),
        instant(row, "removed_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    final OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime atOrNull(@Nullable Instant instant) {
    return instant == null ? null : at(instant);
  }
}
