package dev.bulkhead.agent;

import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.link.Enrolment;
import dev.bulkhead.agent.link.JoinResult;
import dev.bulkhead.protocol.enrol.DeviceKey;
import dev.bulkhead.protocol.join.JoinCode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `join [CODE] [--code-file FILE|-]`: makes this host one of the server's.
final class JoinCommand {

  static final int ALREADY_JOINED = 22;
  static final int BAD_CODE = 10;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  JoinCommand(InputStream in, PrintStream out, PrintStream err, Clock clock) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  int run(Path directory, @Nullable String code, @Nullable String codeFile, HostFacts facts)
      throws IOException, GeneralSecurityException {
    return switch (JoinCode.parse(readCode(code, codeFile))) {
      case JoinCode.Parsed.Invalid(JoinCode.Fault fault) -> {
        fail(fault.code(), fault.explanation(), "", fault.remedy());
        yield BAD_CODE;
      }
      case JoinCode.Parsed.Valid(JoinCode valid) -> join(directory, valid, facts);
    };
  }

  private int join(Path directory, JoinCode code, HostFacts facts)
      throws IOException, GeneralSecurityException {
    try (StateDirectory state = StateDirectory.open(directory)) {
      Optional<HostIdentity> before = state.findIdentity();
      if (before.isPresent()) {
        fail(
            "already_joined",
            "This state directory has joined already, as host " + before.get().hostId() + ".",
            directory.toString(),
            "Use another --state, or remove the host on the server and delete this directory.");
        return ALREADY_JOINED;
      }
      return switch (new Enrolment(state, facts, clock).join(code)) {
        case JoinResult.Joined(HostIdentity identity) -> {
          out.println("Joined as " + facts.hostname() + " (host " + identity.hostId() + ").");
          String fingerprint = DeviceKey.fingerprint(state.deviceKey().getPublic()).toBase64Url();
          out.println("Device key fingerprint: " + fingerprint);
          yield 0;
        }
        case JoinResult.Failed failed -> {
          fail(failed.code(), failed.explanation(), failed.detail(), failed.remedy());
          yield failed.exitCode();
        }
      };
    }
  }

  private void fail(String code, String explanation, String detail, String remedy) {
    err.println("Not joined: " + explanation + " [" + code + "]");
    if (!detail.isEmpty()) {
      err.println("  " + detail);
    }
    err.println("  What to do: " + remedy);
  }

  private String readCode(@Nullable String code, @Nullable String codeFile) throws IOException {
    if (code != null) {
      return code;
    }
    if (codeFile != null) {
      return codeFile.equals("-")
          ? new String(in.readNBytes(16 * 1024), StandardCharsets.UTF_8)
          : Files.readString(Path.of(codeFile));
    }
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (console.isPresent()) {
      char[] typed = console.get().readPassword("Join code (not shown): ");
      return typed == null ? "" : new String(typed);
    }
    err.println("Join code:");
    String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line;
  }
}
