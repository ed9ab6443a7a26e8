package dev.bulkhead.cli.verbs;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A list of the API, all pages of it.
public final class Pages {

  private Pages() {}

  /// Every item, in the server's order.
  ///
  /// @throws CommandFailure when the server does not answer as it should
  public static List<JsonNode> read(ServerClient client, Query query) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = client.get(query);
    while (true) {
      page.path("items").forEach(all::add);
      JsonNode cursor = page.path("nextCursor");
      if (!cursor.isString()) {
        return all;
      }
      if (page.path("items").isEmpty()) {
        throw new CommandFailure("The server names more and does not list it. Try again.");
      }
      page = client.get(query.with("cursor", cursor.stringValue()));
    }
  }
}
