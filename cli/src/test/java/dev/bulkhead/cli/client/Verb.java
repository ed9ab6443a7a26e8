package dev.bulkhead.cli.client;

import dev.bulkhead.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of the command line, and what came of it.
///
/// @param exit the exit code
/// @param out what went to standard output
/// @param err what went to standard error
public record Verb(int exit, String out, String err) {

  /// Runs a verb in this process.
  public static Verb run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Verb(exit, out.toString(), err.toString());
  }
}
