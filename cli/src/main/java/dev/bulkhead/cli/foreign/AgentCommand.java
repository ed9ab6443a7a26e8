package dev.bulkhead.cli.foreign;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bulkhead agent`: what the server's operator does for agents. The launcher sends the agent's own
/// verbs to the agent's program.
@Command(
    name = "agent",
    description = "Makes a certificate for somebody else's OpAMP agent.",
    mixinStandardHelpOptions = true,
    subcommands = {CertificateCommand.class})
public final class AgentCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  /// Made by picocli.
  public AgentCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which? Try: bulkhead agent certificate NAME");
  }
}
