package dev.bulkhead.cli.verbs;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Printable;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One thing of a list, as a person names it.
///
/// @param path of the list, such as `/api/v1/people`
/// @param kind one of them in words, such as `person`
/// @param seeAll the verb that lists them
public record Named(String path, String kind, String seeAll) {

  /// The one with this id or name, upper and lower case alike where only one is.
  ///
  /// @throws CommandFailure when there is none, or there are several
  public JsonNode find(ServerClient client, String wanted) throws InterruptedException {
    return find(client, "name", wanted);
  }

  /// The one with this id, or this text in a field.
  ///
  /// @throws CommandFailure when there is none, or there are several
  public JsonNode find(ServerClient client, String field, String wanted)
      throws InterruptedException {
    List<JsonNode> all = Pages.read(client, Query.of(path));
    for (JsonNode one : all) {
      if (Json.text(one, "id").equals(wanted) || Json.text(one, field).equals(wanted)) {
        return one;
      }
    }
    List<JsonNode> alike =
        all.stream().filter(one -> Json.text(one, field).equalsIgnoreCase(wanted)).toList();
    return switch (alike.size()) {
      case 1 -> alike.getFirst();
      case 0 ->
          throw new CommandFailure(
              "There is no " + kind + " " + Printable.of(wanted) + ".\nSee them all: " + seeAll);
      default ->
          throw new CommandFailure(
              alike.size()
                  + " are called "
                  + Printable.of(wanted)
                  + ". Give the name as it is written, or the id.\nSee them all: "
                  + seeAll);
    };
  }

  /// The path of one of them.
  public Query one(JsonNode item) {
    return Query.of(path + "/" + Json.text(item, "id"));
  }

  /// The path of something about one of them.
  public Query one(JsonNode item, String more) {
    return Query.of(path + "/" + Json.text(item, "id") + "/" + more);
  }
}
