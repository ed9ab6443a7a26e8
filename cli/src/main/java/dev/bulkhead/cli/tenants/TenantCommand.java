package dev.bulkhead.cli.tenants;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.verbs.Group;
import dev.bulkhead.cli.verbs.ServerVerb;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `bulkhead tenant`: one's own.
@Command(
    name = "tenant",
    description = "Shows, renames, exports and deletes the tenant that one belongs to.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TenantCommand.Show.class,
      TenantCommand.Rename.class,
      TenantCommand.Export.class,
      TenantCommand.Delete.class
    })
public final class TenantCommand extends Group {

  private static final Query TENANT = Query.of("/api/v1/tenant");

  /// Made by picocli.
  public TenantCommand() {}

  /// `bulkhead tenant show`.
  @Command(name = "show", description = "Shows the tenant and how much is in it.")
  static final class Show extends ServerVerb {
    @Option(names = "--json", description = "One JSON object, as the API has it.")
    private boolean json;

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode tenant = client.get(TENANT);
      if (json) {
        out.println(Json.pretty(tenant));
        return;
      }
      JsonNode counts = tenant.path("counts");
      var table = new Table(Column.left(""), Column.left(""));
      fact(table, "Name", Json.text(tenant, "name"));
      fact(table, "Slug", Json.text(tenant, "slug"));
      fact(table, "Id", Json.text(tenant, "id"));
      fact(table, "Made", Json.text(tenant, "createdAt"));
      fact(table, "People", Long.toString(Json.count(counts, "people")));
      fact(table, "Hosts", Long.toString(Json.count(counts, "hosts")));
      fact(table, "Groups", Long.toString(Json.count(counts, "groups")));
      table.lines(Terminal.ofThisProcess()).forEach(out::println);
    }

    private static void fact(Table table, String label, String value) {
      table.row(new Cell(label, Style.QUIET), Cell.of(value));
    }
  }

  /// `bulkhead tenant rename`.
  @Command(name = "rename", description = "Gives the tenant another name; its slug stays.")
  static final class Rename extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The new name.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode before = client.get(TENANT);
      JsonNode after =
          client.put(TENANT, Json.object().put("name", name), Json.count(before, "version"));
      out.println("The tenant is called " + Printable.of(Json.text(after, "name")) + " now.");
    }
  }

  /// `bulkhead tenant export`.
  @Command(
      name = "export",
      description = {
        "Writes everything that the tenant has into a zip archive that only you can read:",
        "JSON Lines, one file a table, and the record. It holds no secret."
      })
  static final class Export extends ServerVerb {
    @Parameters(paramLabel = "FILE", description = "The archive to write; it must not exist yet.")
    private Path file = Path.of("");

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      long bytes = new ArchiveFile(file, remarks(), Terminal.ofThisProcess()).fill(client);
      out.println(file + ": " + ArchiveFile.size(bytes));
    }
  }

  /// `bulkhead tenant delete`.
  @Command(
      name = "delete",
      description = {
        "Deletes the tenant: its people, programs and hosts are shut out at once. For 30 days",
        "somebody who runs the installation can restore it; then everything is gone."
      })
  static final class Delete extends ServerVerb {
    @Option(
        names = "--name",
        required = true,
        paramLabel = "NAME",
        description = "The tenant's name, so that it is the one that is meant.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode deleted = client.delete(TENANT, Json.object().put("name", name));
      out.println(
          "The tenant is deleted, and can be restored until "
              + Printable.of(Json.text(deleted, "purgeAt"))
              + ".");
    }
  }
}
