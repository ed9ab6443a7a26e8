package dev.bulkhead.cli.people;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.verbs.Group;
import dev.bulkhead.cli.verbs.ListVerb;
import dev.bulkhead.cli.verbs.Named;
import dev.bulkhead.cli.verbs.ServerVerb;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bulkhead groups`: hosts by their tags, under one name.
@Command(
    name = "groups",
    description = "Lists, makes and removes groups of hosts, which roles can be about.",
    mixinStandardHelpOptions = true,
    subcommands = {
      GroupsCommand.ListGroups.class,
      GroupsCommand.Create.class,
      GroupsCommand.Remove.class
    })
public final class GroupsCommand extends Group {

  private static final String PATH = "/api/v1/groups";

  /// Made by picocli.
  public GroupsCommand() {}

  /// `bulkhead groups list`.
  @Command(name = "list", description = "Lists the tenant's groups of hosts.")
  static final class ListGroups extends ListVerb {
    @Override
    protected Query query() {
      return Query.of(PATH);
    }

    @Override
    protected Column[] columns() {
      return new Column[] {
        Column.left("NAME").cutTo(12), Column.right("HOSTS"), Column.left("TAGS").cutTo(12)
      };
    }

    @Override
    protected Cell[] cells(JsonNode group, Instant now) {
      return new Cell[] {
        cell(group, "name"),
        Cell.of(Long.toString(Json.count(group, "hosts"))),
        Cell.of(
            String.join(
                " ", group.path("tags").valueStream().map(tag -> tag.asString("")).toList()))
      };
    }

    @Override
    protected String empty(ServerClient client) {
      return "No groups.\nMake one: bulkhead groups create NAME --tag TAG";
    }
  }

  /// `bulkhead groups create`.
  @Command(name = "create", description = "Makes a group of the hosts that bear one of some tags.")
  static final class Create extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The group's name.")
    private String name = "";

    @Option(
        names = "--tag",
        required = true,
        paramLabel = "TAG",
        description = "A tag; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      ObjectNode body = Json.object().put("name", name);
      ArrayNode list = body.putArray("tags");
      tags.forEach(list::add);
      JsonNode made = client.post(Query.of(PATH), body);
      out.println(
          "The group "
              + Printable.of(Json.text(made, "name"))
              + " has "
              + Json.count(made, "hosts")
              + " hosts now.");
    }
  }

  /// `bulkhead groups remove`.
  @Command(name = "remove", description = "Removes a group; its hosts stay.")
  static final class Remove extends ServerVerb {
    private static final Named GROUP = new Named(PATH, "group", "bulkhead groups list");

    @Parameters(paramLabel = "NAME", description = "The group's name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode group = GROUP.find(client, name);
      client.delete(GROUP.one(group), null);
      out.println("The group " + Printable.of(Json.text(group, "name")) + " is removed.");
    }
  }
}
