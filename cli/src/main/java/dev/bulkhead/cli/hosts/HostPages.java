package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a list of hosts page by page, so that ten thousand need the memory of one page.
final class HostPages {

  static final String PATH = "/api/v1/hosts";
  private static final int PAGE = 1000;

  private final ServerClient server;

  HostPages(ServerClient server) {
    this.server = server;
  }

  /// What to list; null is no condition.
  record Wanted(
      @Nullable String query, @Nullable String tag, @Nullable String state, @Nullable String sort) {
    static final Wanted ALL = new Wanted(null, null, null, null);

    boolean isAll() {
      return query == null && tag == null && state == null;
    }
  }

  /// Gives each host to `taker`, in the server's order.
  ///
  /// @return the totals of the last page, over all hosts whether listed or not
  JsonNode read(Wanted wanted, Consumer<JsonNode> taker) throws InterruptedException {
    Query query =
        Query.of(PATH)
            .with("query", wanted.query())
            .with("tag", wanted.tag())
            .with("state", wanted.state())
            .with("sort", wanted.sort())
            .with("limit", PAGE);
    JsonNode page = server.get(query);
    while (true) {
      page.path("items").forEach(taker);
      JsonNode cursor = page.path("nextCursor");
      if (!cursor.isString()) {
        return page.path("totals");
      }
      if (page.path("items").isEmpty()) {
        throw new CommandFailure("The server names more hosts and does not list them. Try again.");
      }
      page = server.get(query.with("cursor", cursor.stringValue()));
    }
  }

  /// One host as it is now.
  JsonNode get(String id) throws InterruptedException {
    return server.get(Query.of(PATH + "/" + id));
  }

  /// Its busiest processes as of its last report.
  JsonNode processes(String id) throws InterruptedException {
    return server.get(Query.of(PATH + "/" + id + "/processes"));
  }

  /// How many hosts there are in all.
  static long all(JsonNode totals) {
    return Json.count(totals, "all");
  }
}
