package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.up.StateHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server a verb asks: the one that runs on this machine, unless another is named.
public final class ServerOption {

  static final String SERVER = "BULKHEAD_SERVER";
  static final String TOKEN_FILE = "BULKHEAD_TOKEN_FILE";

  private final Map<String, String> environment;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = {
        "The state directory of the server on this machine. Default: /var/lib/bulkhead for root,",
        "else $XDG_STATE_HOME/bulkhead or ~/.local/state/bulkhead."
      })
  private @Nullable Path state;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A server elsewhere, by https. Default: $BULKHEAD_SERVER, else this machine's.")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file (0600) with an API token. Default: $BULKHEAD_TOKEN_FILE.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM certificates of the authorities to believe, in place of the usual ones.")
  private @Nullable Path authority;

  /// Made by the verb that mixes it in.
  public ServerOption() {
    this(System.getenv());
  }

  ServerOption(Map<String, String> environment) {
    this.environment = environment;
  }

  /// A client of the server that is meant.
  ///
  /// @throws CommandFailure when the options contradict each other, or it cannot be asked
  public ServerClient connect() {
    if (state != null && (server != null || tokenFile != null)) {
      throw new CommandFailure(
          "--state is a server on this machine, and --server with --token-file one elsewhere."
              + "\nGive one of the two.");
    }
    @Nullable String url = state != null ? null : server != null ? server : environment.get(SERVER);
    if (url == null) {
      if (tokenFile != null) {
        throw new CommandFailure("The token is for which server? Name it: --server URL");
      }
      return ServerClient.ofState(directory());
    }
    @Nullable String named = environment.get(TOKEN_FILE);
    @Nullable Path file = tokenFile != null ? tokenFile : named == null ? null : Path.of(named);
    if (file == null) {
      throw new CommandFailure(
          "A server elsewhere is asked with an API token.\nName its file: --token-file FILE");
    }
    return ServerClient.remote(url, file, authority);
  }

  private Path directory() {
    Path directory = state == null ? StateHome.directory("bulkhead", "--state DIR") : state;
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      // It is not there yet, or this user may not see it.
      return directory.toAbsolutePath().normalize();
    }
  }
}
