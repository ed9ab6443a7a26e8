package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A host as the API shows it, as far as a terminal shows it too.
record Host(
    String id,
    String name,
    String hostname,
    String state,
    @Nullable Instant stateSince,
    @Nullable Instant lastSeenAt,
    @Nullable Instant joinedAt,
    @Nullable Instant bootedAt,
    String kind,
    String system,
    String agentVersion,
    String remoteAddress,
    String deviceFingerprint,
    boolean protectedFromServer,
    List<String> tags,
    Figures figures,
    long messagesRefused,
    long identityConflicts) {

  /// Shares are 0 to 1, rates bytes a second; null where nothing was measured.
  record Figures(
      @Nullable Double cpu,
      @Nullable Double memory,
      @Nullable Double disk,
      @Nullable Double load1,
      @Nullable Double networkReceive,
      @Nullable Double networkTransmit,
      @Nullable Instant at) {

    private static Figures of(JsonNode json) {
      return new Figures(
          Json.number(json, "cpu"),
          Json.number(json, "memory"),
          Json.number(json, "disk"),
          Json.number(json, "load1"),
          Json.number(json, "networkReceive"),
          Json.number(json, "networkTransmit"),
          Json.time(json, "at"));
    }
  }

  static Host of(JsonNode json) {
    return new Host(
        Json.text(json, "id"),
        Json.text(json, "name"),
        Json.text(json, "hostname"),
        Json.text(json, "state"),
        Json.time(json, "stateSince"),
        Json.time(json, "lastSeenAt"),
        Json.time(json, "joinedAt"),
        Json.time(json, "bootedAt"),
        Json.text(json, "kind"),
        String.join(
                " ",
                Json.text(json, "os"),
                Json.text(json, "kernel"),
                Json.text(json, "architecture"))
            .strip(),
        Json.text(json, "agentVersion"),
        Json.text(json, "remoteAddress"),
        Json.text(json, "deviceFingerprint"),
        json.path("protectedFromServer").asBoolean(true),
        json.path("tags").valueStream().map(tag -> tag.asString("")).toList(),
        Figures.of(json.path("figures")),
        Json.count(json.path("counters"), "messagesRefused"),
        Json.count(json.path("counters"), "identityConflicts"));
  }
}
