package dev.bulkhead.cli.tenants;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.people.InvitationText;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Units;
import dev.bulkhead.cli.verbs.Group;
import dev.bulkhead.cli.verbs.ListVerb;
import dev.bulkhead.cli.verbs.Named;
import dev.bulkhead.cli.verbs.ServerVerb;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `bulkhead tenants`: all of an installation's.
@Command(
    name = "tenants",
    description = "Lists, makes, deletes, restores and purges the installation's tenants.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TenantsCommand.ListTenants.class,
      TenantsCommand.Create.class,
      TenantsCommand.Delete.class,
      TenantsCommand.Restore.class,
      TenantsCommand.Purge.class
    })
public final class TenantsCommand extends Group {

  private static final String PATH = "/api/v1/tenants";
  private static final Named TENANT = new Named(PATH, "tenant", "bulkhead tenants list");

  /// Made by picocli.
  public TenantsCommand() {}

  /// `bulkhead tenants list`.
  @Command(name = "list", description = "Lists the installation's tenants, deleted ones too.")
  static final class ListTenants extends ListVerb {
    @Option(names = "--query", paramLabel = "TEXT", description = "Only names with this text.")
    private @Nullable String text;

    @Option(
        names = "--tenant-state",
        paramLabel = "STATE",
        description = "Only tenants that are active, or deleted.")
    private @Nullable String state;

    @Override
    protected Query query() {
      return Query.of(PATH).with("query", text).with("state", state);
    }

    @Override
    protected Column[] columns() {
      return new Column[] {
        Column.left("SLUG"),
        Column.left("NAME").cutTo(12),
        Column.left("STATE"),
        Column.right("PEOPLE"),
        Column.right("HOSTS"),
        Column.left("MADE").dropped(2),
        Column.left("PURGED AT").dropped(1)
      };
    }

    @Override
    protected Cell[] cells(JsonNode tenant, Instant now) {
      String state = Json.text(tenant, "state");
      return new Cell[] {
        cell(tenant, "slug"),
        cell(tenant, "name"),
        new Cell(state, state.equals("active") ? Style.PLAIN : Style.WARNING),
        Cell.of(Long.toString(Json.count(tenant, "people"))),
        Cell.of(Long.toString(Json.count(tenant, "hosts"))),
        Cell.of(Units.ago(Json.time(tenant, "createdAt"), now)),
        cell(tenant, "purgeAt")
      };
    }

    @Override
    protected String empty(ServerClient client) {
      return "No tenant matches.";
    }
  }

  /// `bulkhead tenants create`.
  @Command(
      name = "create",
      description = {"Makes a tenant and prints the code of its first owner's invitation, once."})
  static final class Create extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The tenant's name.")
    private String name = "";

    @Option(
        names = "--slug",
        paramLabel = "SLUG",
        description = "Its short name: a-z, 0-9 and -. Default: made from the name.")
    private @Nullable String slug;

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      ObjectNode body = Json.object().put("name", name);
      if (slug != null) {
        body.put("slug", slug);
      }
      JsonNode made = client.post(Query.of(PATH), body);
      remarks()
          .println("Made the tenant " + Printable.of(Json.text(made.path("tenant"), "slug")) + ".");
      InvitationText.print(client, made, out, remarks());
    }
  }

  /// `bulkhead tenants delete`.
  @Command(
      name = "delete",
      description = "Shuts a tenant out at once; it can be restored for 30 days.")
  static final class Delete extends ServerVerb {
    @Parameters(paramLabel = "SLUG", description = "The tenant's slug.")
    private String slug = "";

    @Option(
        names = "--confirm",
        required = true,
        paramLabel = "SLUG",
        description = "The same slug again.")
    private String confirm = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      if (!confirm.equals(slug)) {
        throw wrong("--confirm takes the same slug: " + slug);
      }
      JsonNode tenant = TENANT.find(client, "slug", slug);
      client.delete(TENANT.one(tenant), Json.object().put("slug", confirm));
      out.println(
          "The tenant is deleted.\nTo bring it back within 30 days: bulkhead tenants restore "
              + Printable.of(slug));
    }
  }

  /// `bulkhead tenants restore`.
  @Command(name = "restore", description = "Brings a deleted tenant back.")
  static final class Restore extends ServerVerb {
    @Parameters(paramLabel = "SLUG", description = "The tenant's slug.")
    private String slug = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode tenant = TENANT.find(client, "slug", slug);
      client.post(TENANT.one(tenant, "restore"), Json.object());
      out.println("The tenant " + Printable.of(slug) + " is active again.");
    }
  }

  /// `bulkhead tenants purge`.
  @Command(
      name = "purge",
      description = "Removes everything of a deleted tenant now. It cannot be brought back.")
  static final class Purge extends ServerVerb {
    @Parameters(paramLabel = "SLUG", description = "The tenant's slug.")
    private String slug = "";

    @Option(
        names = "--confirm",
        required = true,
        paramLabel = "SLUG",
        description = "The same slug again.")
    private String confirm = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      if (!confirm.equals(slug)) {
        throw wrong("--confirm takes the same slug: " + slug);
      }
      JsonNode tenant = TENANT.find(client, "slug", slug);
      client.post(TENANT.one(tenant, "purge"), Json.object().put("slug", confirm));
      out.println("Everything of " + Printable.of(slug) + " is gone.");
    }
  }
}
