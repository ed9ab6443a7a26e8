package dev.bulkhead.agent.collect;

import dev.bulkhead.agent.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/// The processes that use most processor time or memory: names, never command lines.
///
/// @param at when they were read
/// @param total how many processes there are
/// @param items most processor time first
public record ProcessReport(Instant at, int total, List<Item> items) {

  /// Copies the list.
  public ProcessReport {
    items = List.copyOf(items);
  }

  /// One process.
  ///
  /// @param name what the kernel calls it, at most 15 bytes long
  /// @param user name of the owner, or the number where it has none
  /// @param cpu processors used since the report before: 1.5 is one and a half
  /// @param memoryBytes resident
  /// @param state the kernel's letter
  public record Item(
      int pid,
      String name,
      String user,
      double cpu,
      long memoryBytes,
      long threads,
      String state,
      Instant startedAt) {}

  /// The JSON that travels: the shape of the API, without the total.
  public String toJson() {
    JsonWriter json = new JsonWriter().beginObject();
    json.member("at", at.toString()).name("items").beginArray();
    for (Item item : items) {
      json.beginObject().name("pid").value(item.pid());
      json.member("name", item.name()).member("user", item.user());
      json.name("cpu").value(item.cpu());
      json.name("memoryBytes").value(item.memoryBytes());
      json.name("threads").value(item.threads());
      json.member("state", item.state()).member("startedAt", item.startedAt().toString());
      json.endObject();
    }
    return json.endArray().endObject().toString();
  }
}
