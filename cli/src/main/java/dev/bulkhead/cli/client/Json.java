package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reading of what the server answered. Absent and null are the same. Thread-safe.
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /// @throws CommandFailure when it is no JSON
  public static JsonNode parse(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new CommandFailure("The server's answer is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /// A new object, for output.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// One line.
  public static String line(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /// Several lines, indented.
  public static String pretty(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }

  /// The text of a field, or the empty text.
  public static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }

  /// The number of a field, or null.
  public static @Nullable Double number(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isNumber() ? (Double) value.doubleValue() : null;
  }

  /// The whole number of a field, or 0.
  public static long count(JsonNode object, String field) {
    return object.path(field).asLong(0);
  }

  /// The time of a field, or null.
  public static @Nullable Instant time(JsonNode object, String field) {
    JsonNode value = object.path(field);
    try {
      return value.isString() ? Instant.parse(value.stringValue()) : null;
    } catch (DateTimeException e) {
      // A server that says nonsense here is shown without the time.
      return null;
    }
  }
}
