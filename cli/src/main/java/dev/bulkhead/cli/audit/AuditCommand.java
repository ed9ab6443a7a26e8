package dev.bulkhead.cli.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bulkhead audit`: what happened, and whether that has been edited.
@Command(
    name = "audit",
    description = "Reads and verifies the record of what happened.",
    mixinStandardHelpOptions = true,
    subcommands = {AuditVerifyCommand.class, AuditListCommand.class})
public final class AuditCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  /// Made by picocli.
  public AuditCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which? Try: bulkhead audit verify");
  }
}
