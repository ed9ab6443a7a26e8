package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads the server's `application/problem+json`.
final class Problem {

  private Problem() {}

  static ServerRefusal read(int status, byte[] body) {
    JsonNode problem;
    try {
      problem = Json.parse(body);
    } catch (CommandFailure e) {
      // Whatever answered, it did not say why; the status is all there is.
      return new ServerRefusal(status, "", "The server answered with status " + status + ".");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        problem.path("title").asString("The server answered with status " + status)
            + " ("
            + problem.path("code").asString(Integer.toString(status))
            + ").");
    if (problem.hasNonNull("detail")) {
      lines.add(Json.text(problem, "detail"));
    }
    for (JsonNode error : problem.path("errors")) {
      lines.add(Json.text(error, "field") + ": " + Json.text(error, "message"));
    }
    String message = String.join("\n", lines.stream().map(Printable::of).toList());
    return new ServerRefusal(status, Json.text(problem, "code"), message);
  }
}
