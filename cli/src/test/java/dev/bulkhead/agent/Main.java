package dev.bulkhead.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the supervisor sees of an agent: it joins with a code from its standard input, and runs
/// until
/// its parent ends.
public final class Main {

  private Main() {}

  /// Takes `join --state DIR --code-file -` and `run --state DIR --stop-with-parent`.
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    Path state = Path.of(words.get(words.indexOf("--state") + 1));
    if (words.getFirst().equals("join")) {
      String code = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
      Files.writeString(state.resolve("identity.json"), "{\"code\":\"" + code + "\"}");
      return;
    }
    System.out.println("environment " + System.getenv().keySet().stream().sorted().toList());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped in order")));
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
