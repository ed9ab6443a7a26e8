package dev.bulkhead.cli.people;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Units;
import dev.bulkhead.cli.verbs.Group;
import dev.bulkhead.cli.verbs.ListVerb;
import dev.bulkhead.cli.verbs.Named;
import dev.bulkhead.cli.verbs.ScopeOption;
import dev.bulkhead.cli.verbs.ServerVerb;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `bulkhead people`: who may do what.
@Command(
    name = "people",
    description = "Lists, invites, changes and removes the tenant's people.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PeopleCommand.ListPeople.class,
      PeopleCommand.Invite.class,
      PeopleCommand.ChangeRole.class,
      PeopleCommand.Suspend.class,
      PeopleCommand.Resume.class,
      PeopleCommand.Remove.class
    })
public final class PeopleCommand extends Group {

  private static final Named PERSON = new Named("/api/v1/people", "person", "bulkhead people list");

  /// Made by picocli.
  public PeopleCommand() {}

  /// `bulkhead people list`.
  @Command(name = "list", description = "Lists the tenant's people.")
  static final class ListPeople extends ListVerb {
    @Option(names = "--query", paramLabel = "TEXT", description = "Only names with this text.")
    private @Nullable String text;

    @Option(names = "--role", paramLabel = "ROLE", description = "Only people of this role.")
    private @Nullable String role;

    @Option(
        names = "--person-state",
        paramLabel = "STATE",
        description = "Only people who are active, or suspended.")
    private @Nullable String state;

    @Override
    protected Query query() {
      return Query.of("/api/v1/people").with("query", text).with("role", role).with("state", state);
    }

    @Override
    protected Column[] columns() {
      return new Column[] {
        Column.left("NAME").cutTo(12),
        Column.left("ROLE"),
        Column.left("HOSTS").cutTo(9).dropped(1),
        Column.left("STATE"),
        Column.left("FACTORS").dropped(3),
        Column.left("LAST SIGN-IN").dropped(2)
      };
    }

    @Override
    protected Cell[] cells(JsonNode person, Instant now) {
      String state = Json.text(person, "state");
      return new Cell[] {
        cell(person, "name"),
        Cell.of(
            Json.text(person, "role")
                + (person.path("platform").asBoolean(false) ? " + platform" : "")),
        Cell.of(ScopeOption.words(person.path("scope"))),
        new Cell(state, state.equals("active") ? Style.PLAIN : Style.WARNING),
        Cell.of(
            String.join(
                ", ",
                person.path("factors").valueStream().map(factor -> factor.asString("")).toList())),
        Cell.of(Units.ago(Json.time(person, "lastSignInAt"), now))
      };
    }

    @Override
    protected String empty(ServerClient client) {
      return "Nobody matches.";
    }
  }

  /// `bulkhead people invite`.
  @Command(
      name = "invite",
      description = {
        "Makes an invitation and prints its code, once. Whoever has the code may make an account",
        "with the role: give it to nobody else."
      })
  static final class Invite extends ServerVerb {
    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description = "owner, admin, operator, viewer or auditor.")
    private String role = "";

    @Mixin private ScopeOption scope = new ScopeOption();

    @Option(
        names = "--note",
        paramLabel = "TEXT",
        defaultValue = "from the command line",
        description = "For whom it is, to tell invitations apart.")
    private String note = "";

    @Option(
        names = "--hours",
        paramLabel = "N",
        defaultValue = "72",
        description = "How long it is good. Default: ${DEFAULT-VALUE}.")
    private int hours;

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      ObjectNode body = Json.object().put("note", note).put("role", role);
      scope.put(client, body);
      body.put("expiresInHours", hours);
      JsonNode made = client.post(Query.of("/api/v1/invitations"), body);
      InvitationText.print(client, made, out, remarks());
    }
  }

  /// `bulkhead people role`.
  @Command(
      name = "role",
      description = "Gives somebody a role, over all hosts or those of tags and groups.")
  static final class ChangeRole extends ServerVerb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The person's name or id.")
    private String name = "";

    @Parameters(
        index = "1",
        paramLabel = "ROLE",
        description = "owner, admin, operator, viewer or auditor.")
    private String role = "";

    @Mixin private ScopeOption scope = new ScopeOption();

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode person = PERSON.find(client, name);
      ObjectNode body = Json.object().put("role", role);
      scope.put(client, body);
      JsonNode after = client.put(PERSON.one(person), body, Json.count(person, "version"));
      out.println(
          shown(after)
              + " is "
              + Json.text(after, "role")
              + " of "
              + Printable.of(ScopeOption.words(after.path("scope")))
              + " now.");
    }
  }

  /// `bulkhead people suspend`.
  @Command(name = "suspend", description = "Ends somebody's sessions and tokens until resumed.")
  static final class Suspend extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The person's name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode person = PERSON.find(client, name);
      client.post(PERSON.one(person, "suspend"), Json.object());
      out.println(shown(person) + " is suspended, and signed out everywhere.");
    }
  }

  /// `bulkhead people resume`.
  @Command(name = "resume", description = "Lets somebody in again who was suspended.")
  static final class Resume extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The person's name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode person = PERSON.find(client, name);
      client.post(PERSON.one(person, "resume"), Json.object());
      out.println(shown(person) + " may sign in again.");
    }
  }

  /// `bulkhead people remove`.
  @Command(name = "remove", description = "Removes somebody, their sessions and their tokens.")
  static final class Remove extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The person's name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode person = PERSON.find(client, name);
      client.delete(PERSON.one(person), null);
      out.println(shown(person) + " is removed.");
    }
  }

  private static String shown(JsonNode person) {
    return Printable.of(Json.text(person, "name"));
  }
}
