package dev.bulkhead.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the supervisor sees of a server: it reads its configuration, answers `/readyz`, leaves a
/// setup code and a join code, and ends with its parent.
public final class Main {

  private Main() {}

  /// Takes `--config FILE`.
  public static void main(String[] arguments) throws IOException {
    String yaml = Files.readString(Path.of(arguments[1]));
    Path data = Path.of(find(yaml, "data: \"(.*)\""));
    int port = Integer.parseInt(find(yaml, "ui: \\{address: 127.0.0.1, port: (\\d+)}"));
    System.out.println("environment " + System.getenv().keySet().stream().sorted().toList());
    if (Files.exists(data.resolve("fail"))) {
      System.out.println("the stand-in was \u001b[31mtold to fail\u202e");
      System.exit(3);
    }
    Files.writeString(data.resolve("setup-code"), "ABCD-EFGH-JKMN-PQRS\n");
    if (!Files.exists(data.resolve("local-host-joined"))) {
      Files.writeString(data.resolve("local-join-code"), "bhj1_standin\n");
    }
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    http.createContext(
        "/readyz",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    http.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped in order")));
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static String find(String yaml, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(yaml);
    if (!matcher.find()) {
      throw new IllegalArgumentException(pattern + " is not in " + yaml);
    }
    return matcher.group(1);
  }
}
