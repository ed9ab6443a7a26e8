package dev.bulkhead.cli.verbs;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The hosts that a role is about.
public final class ScopeOption {

  private static final Named GROUP = new Named("/api/v1/groups", "group", "bulkhead groups list");

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only for hosts with this tag; may be given several times.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Only for hosts of this group; may be given several times.")
  private List<String> groups = new ArrayList<>();

  /// Made by the verb that mixes it in.
  public ScopeOption() {}

  /// Puts `scope` into a request: null for all hosts.
  ///
  /// @throws dev.bulkhead.cli.CommandFailure when there is no such group
  public void put(ServerClient client, ObjectNode body) throws InterruptedException {
    if (tags.isEmpty() && groups.isEmpty()) {
      body.putNull("scope");
      return;
    }
    ObjectNode scope = body.putObject("scope");
    ArrayNode tagList = scope.putArray("tags");
    tags.forEach(tagList::add);
    ArrayNode groupList = scope.putArray("groups");
    for (String group : groups) {
      groupList.add(Json.text(GROUP.find(client, group), "id"));
    }
  }

  /// A scope of the API's in words.
  public static String words(JsonNode scope) {
    if (!scope.isObject()) {
      return "all hosts";
    }
    List<String> words = new ArrayList<>();
    scope.path("tags").forEach(tag -> words.add(tag.asString("")));
    scope.path("groups").forEach(group -> words.add("group " + Json.text(group, "name")));
    return words.isEmpty() ? "no host" : String.join(", ", words);
  }
}
