package dev.bulkhead.cli.verbs;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A verb that only has verbs under it.
public abstract class Group implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  /// Made by picocli.
  protected Group() {}

  @Override
  public final void run() {
    CommandSpec here = Objects.requireNonNull(spec);
    throw new ParameterException(
        here.commandLine(),
        "Which? One of: " + String.join(", ", here.subcommands().keySet()) + ".");
  }
}
