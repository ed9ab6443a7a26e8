package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.audit.Memory.Seen;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.Witness;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The witness's memory: one file an installation, 0600, in a directory of this user's that no
/// program of Bulkhead's writes.
///
/// @param directory made when something is kept
record WitnessFiles(Path directory) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  private static final String SUFFIX = ".json";

  /// What is known of an installation; empty before its first verification.
  ///
  /// @throws CommandFailure when its file cannot be read: a witness that has forgotten must say so
  Optional<Memory> find(String installation) {
    try {
      return Optional.of(parse(file(installation)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailure("Could not read " + file(installation) + ": " + e.getMessage(), e);
    }
  }

  /// Another installation that was seen at the same state directory, if there is one.
  Optional<Memory> findOther(String installation, String state) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> others =
          files
              .filter(one -> one.getFileName().toString().endsWith(SUFFIX))
              .filter(one -> !one.equals(file(installation)))
              .sorted()
              .toList();
      for (Path other : others) {
        Memory memory = parse(other);
        if (memory.state().equals(state)) {
          return Optional.of(memory);
        }
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailure("Could not read " + directory + ": " + e.getMessage(), e);
    }
  }

  /// Replaces what is known of an installation, all or nothing.
  void keep(Memory memory) {
    Path file = file(memory.installation());
    try {
      Files.createDirectories(directory, mode("rwx------"));
      Path fresh = Files.createTempFile(directory, ".witness", ".new", mode("rw-------"));
      Files.writeString(fresh, json(memory) + "\n");
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(
          "The record was verified, but this machine could not note what it saw in "
              + file
              + ": "
              + e.getMessage()
              + "\nName a directory that this user may write: --witness DIR",
          e);
    }
  }

  /// Where an installation's file is.
  ///
  /// @throws CommandFailure when the id is no name of a file: it comes from the server
  Path file(String installation) {
    if (!ID.matcher(installation).matches()) {
      throw new CommandFailure("The server's installation id is none.");
    }
    return directory.resolve(installation + SUFFIX);
  }

  private static Memory parse(Path file) throws IOException {
    try {
      JsonNode json = Json.parse(Files.readString(file).getBytes(StandardCharsets.UTF_8));
      Map<String, Seen> chains = new TreeMap<>();
      for (Map.Entry<String, JsonNode> chain : json.path("chains").properties()) {
        chains.put(chain.getKey(), seen(chain.getValue()));
      }
      return new Memory(Json.text(json, "installation"), Json.text(json, "state"), chains);
    } catch (IllegalArgumentException | DateTimeException | CommandFailure e) {
      throw new IOException("it is not as it was written", e);
    }
  }

  private static Seen seen(JsonNode json) {
    Sha256 hash = Sha256.of(HexFormat.of().parseHex(Json.text(json, "hash")));
    return new Seen(
        Scope.valueOf(Json.text(json, "scope").toUpperCase(java.util.Locale.ROOT)),
        new Witness(Json.count(json, "sequence"), hash),
        Instant.parse(Json.text(json, "at")));
  }

  private static String json(Memory memory) {
    ObjectNode json = Json.object();
    json.put("installation", memory.installation()).put("state", memory.state());
    ObjectNode chains = json.putObject("chains");
    memory
        .chains()
        .forEach(
            (chain, seen) ->
                chains
                    .putObject(chain)
                    .put("scope", seen.scope().code())
                    .put("sequence", seen.witness().sequence())
                    .put("hash", seen.witness().hash().toHex())
                    .put("at", seen.at().toString()));
    return Json.pretty(json);
  }

  private static FileAttribute<?> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
