package dev.bulkhead.server.networks;

import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Rows of allowlists. All but [#listEnabled] run inside a tenant's transaction.
@Component
final class AllowedNetworkRepository {
  private final Database database;

  AllowedNetworkRepository(Database database) {
    this.database = database;
  }

  List<Network> listEnabled(UUID tenant) {
    return database
        .sql()
        .sql("select cidr from list_enabled_networks(?)")
        .param(tenant)
        .query((row, n) -> Network.parse(row.getString(1)))
        .list();
  }

  List<AllowedNetwork> list() {
    return database
        .sql()
        .sql(
            """
            select id, cidr, description, enabled, created_by_name, created_at, version from allowed_network
            order by created_at, id
            """)
        .query((row, n) -> network(row))
        .list();
  }

  /// Lets no other change of the list in before this transaction ends.
  void lock(UUID tenant) {
    database
        .sql()
        .sql("select 1 from tenant where tenant_id = ? for no key update")
        .param(tenant)
        .query(Integer.class)
        .single();
  }

  void create(UUID tenant, AllowedNetwork network) {
    database
        .sql()
        .sql(
            """
            insert into allowed_network (tenant_id, id, cidr, description, enabled, created_by_name, created_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            tenant,
            network.id(),
            network.network().toString(),
            network.description(),
            network.enabled(),
            network.createdByName(),
            network.createdAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  void change(UUID id, String description, boolean enabled) {
    database
        .sql()
        .sql(
            "update allowed_network set description = ?, enabled = ?, version = version + 1 where id = ?")
        .params(description, enabled, id)
        .update();
  }

  void remove(UUID id) {
    database.sql().sql("delete from allowed_network where id = ?").param(id).update();
  }

  private static AllowedNetwork network(ResultSet row) throws SQLException {
    return new AllowedNetwork(
        row.getObject("id", UUID.class),
        Network.parse(row.getString("cidr")),
        row.getString("description"),
        row.getBoolean("enabled"),
        row.getString("created_by_name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }
}
