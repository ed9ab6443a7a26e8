package dev.bulkhead.server.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads `server.yaml`. An unknown key stops the start, with the nearest known one as a suggestion.
public final class ConfigurationFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) // absent means no
          .build();

  private ConfigurationFile() {}

  /// @throws ConfigurationException when the file cannot be read or holds a wrong setting
  public static ServerConfiguration read(Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigurationException(
          file.toString(), "cannot be read; name a readable file with --config");
    }
    try {
      return YAML.readValue(file.toFile(), ServerConfiguration.class);
    } catch (UnrecognizedPropertyException unknown) {
      throw new ConfigurationException(where(file, unknown), unknownKey(unknown));
    } catch (JacksonException wrong) {
      if (wrong.getCause() instanceof ConfigurationException cause) {
        throw new ConfigurationException(where(file, wrong) + " " + cause.key(), cause.remedy());
      }
      throw new ConfigurationException(where(file, wrong), wrong.getOriginalMessage());
    }
  }

  private static String where(Path file, JacksonException failure) {
    final var location = failure.getLocation();
    final String path =
        failure instanceof DatabindException databind
            ? databind.getPath().stream()
                .map(step -> String.valueOf(step.getPropertyName()))
                .collect(Collectors.joining("."))
            : "";
    final String line = location == null ? "" : ":" + location.getLineNr();
    return file + line + (path.isEmpty() ? "" : " " + path);
  }

  private static String unknownKey(UnrecognizedPropertyException unknown) {
    final Collection<Object> known = unknown.getKnownPropertyIds();
    final Optional<String> nearest =
        known.stream()
            .map(Object::toString)
            .min(Comparator.comparingInt(key -> distance(key, unknown.getPropertyName())));
    return "is not a setting"
        + nearest.map(key -> "; did you mean " + key + "?").orElse("")
        + " Known here: "
        + known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  /// Levenshtein's distance, by rows.
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      final int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        final int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(row[j - 1], previous[j]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
