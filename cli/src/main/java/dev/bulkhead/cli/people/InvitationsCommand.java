package dev.bulkhead.cli.people;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `bulkhead invitations`: who has been asked to come in.
@Command(
    name = "invitations",
    description = "Lists invitations and takes them back. To make one: bulkhead people invite",
    mixinStandardHelpOptions = true,
    subcommands = {InvitationsCommand.ListInvitations.class, InvitationsCommand.Revoke.class})
public final class InvitationsCommand extends Group {

  /// Made by picocli.
  public InvitationsCommand() {}

  /// `bulkhead invitations list`.
  @Command(name = "list", description = "Lists the tenant's invitations.")
  static final class ListInvitations extends ListVerb {
    @Override
    protected Query query() {
      return Query.of("/api/v1/invitations");
    }

    @Override
    protected Column[] columns() {
      return new Column[] {
        Column.left("NOTE").cutTo(12),
        Column.left("ROLE"),
        Column.left("HOSTS").cutTo(9).dropped(2),
        Column.left("STATE"),
        Column.left("MADE BY").cutTo(8).dropped(3),
        Column.left("MADE").dropped(1),
        Column.left("ID")
      };
    }

    @Override
    protected Cell[] cells(JsonNode invitation, Instant now) {
      String state = Json.text(invitation, "state");
      return new Cell[] {
        cell(invitation, "note"),
        cell(invitation, "role"),
        Cell.of(ScopeOption.words(invitation.path("scope"))),
        new Cell(state, state.equals("open") ? Style.GOOD : Style.QUIET),
        cell(invitation, "createdByName"),
        Cell.of(Units.ago(Json.time(invitation, "createdAt"), now)),
        cell(invitation, "id")
      };
    }

    @Override
    protected String empty(ServerClient client) {
      return "No invitations.\nMake one: bulkhead people invite --role ROLE";
    }
  }

  /// `bulkhead invitations revoke`.
  @Command(name = "revoke", description = "Takes an invitation back: its code opens nothing more.")
  static final class Revoke extends ServerVerb {
    private static final Named INVITATION =
        new Named("/api/v1/invitations", "invitation", "bulkhead invitations list");

    @Parameters(paramLabel = "ID", description = "The invitation's id, or its note.")
    private String id = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode invitation = INVITATION.find(client, "note", id);
      client.delete(INVITATION.one(invitation), null);
      out.println("The invitation is revoked.");
    }
  }
}
