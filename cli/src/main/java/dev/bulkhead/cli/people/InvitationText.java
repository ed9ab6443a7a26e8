package dev.bulkhead.cli.people;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Printable;
import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/// A new invitation: its code alone on standard output, what to do with it beside.
public final class InvitationText {

  private InvitationText() {}

  /// @param made `{invitation, code}` of the API's
  public static void print(
      ServerClient client, JsonNode made, PrintWriter out, PrintWriter remarks) {
    JsonNode invitation = made.path("invitation");
    out.println(Printable.of(Json.text(made, "code")));
    out.flush();
    remarks.println(
        "The code above is shown this once, opens one account as "
            + Printable.of(Json.text(invitation, "role"))
            + ", and is good until "
            + Printable.of(Json.text(invitation, "expiresAt"))
            + ".");
    remarks.println("It is entered at " + client.url() + "/invitation");
    remarks.flush();
  }
}
