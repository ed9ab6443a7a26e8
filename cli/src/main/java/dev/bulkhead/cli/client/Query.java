package dev.bulkhead.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path of the API with its query, encoded.
///
/// @param target such as `/api/v1/hosts?query=web`
public record Query(String target) {

  /// A path without a query; it is taken as it is.
  public static Query of(String path) {
    return new Query(path);
  }

  /// With one more parameter, unless it has no value.
  public Query with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    List<String> parts = new ArrayList<>(List.of(target, target.contains("?") ? "&" : "?"));
    parts.add(name);
    parts.add("=");
    parts.add(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    return new Query(String.join("", parts));
  }
}
