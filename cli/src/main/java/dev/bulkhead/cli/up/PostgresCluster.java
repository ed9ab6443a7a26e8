package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.up.ShortCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;

/// The data directory: made once, with its roles and its database, before PostgreSQL first listens.
///
/// It is made under another name and renamed at the end, so `data` is either complete or not there.
final class PostgresCluster {
  private static final int CLEARING_PASSES = 20;
  private static final Duration CLEARING_PAUSE = Duration.ofMillis(250);

  private static final Duration MOST_INIT = Duration.ofMinutes(5);
  private static final int PASSWORD_BYTES = 32;
  private static final int MOST_LINES = 5;

  private final StateDirectory state;
  private final Account account;
  private final PostgresBinaries binaries;
  private final AccountFiles files;
  private final DatabaseSecrets secrets;
  private final SecureRandom random = new SecureRandom();

  PostgresCluster(
      StateDirectory state, Account account, PostgresBinaries binaries, DatabaseSecrets secrets) {
    this.state = state;
    this.account = account;
    this.binaries = binaries;
    this.files = new AccountFiles(account);
    this.secrets = secrets;
  }

  Path data() {
    return state.postgres().resolve("data");
  }

  Path log() {
    return state.postgres().resolve("log");
  }

  // Whoever an interrupted attempt had just begun is not seen at the first look, and still writes.
  private void removeLeftovers(Path half) throws InterruptedException {
    for (int pass = 0; pass < CLEARING_PASSES; pass++) {
      Leftovers.kill(List.of("-D", half.toString()), account.uid());
      if (files.tryEmpty(half)) {
        return;
      }
      Thread.sleep(CLEARING_PAUSE);
    }
    files.empty(half);
  }

  /// Makes the data directory unless it is there. What an interrupted attempt left is removed
  /// first.
  void createOnce() throws InterruptedException {
    state.createPrivate(log(), account);
    if (Files.isDirectory(data(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path half = state.postgres().resolve("data.new");
    state.createPrivate(half, account);
    removeLeftovers(half);
    String superuser = newPassword();
    secrets.writeSuperuser(superuser);
    try {
      initialise(half, superuser);
      createRoles(half);
    } catch (InterruptedException e) {
      // Their shell is gone, they are not.
      Leftovers.kill(List.of("-D", half.toString()), account.uid());
      throw e;
    }
    try {
      Files.move(half, data(), StandardCopyOption.ATOMIC_MOVE);
      PostgresBinaries.force(state.postgres());
    } catch (IOException e) {
      throw new CommandFailure("Could not move " + half + " to " + data() + ": " + e, e);
    }
  }

  /// Writes the configuration: at every start, so that an update of ours reaches old states.
  void configure(int port) throws InterruptedException {
    files.write(data().resolve("postgresql.conf"), PostgresConfiguration.settings(port, log()));
    files.write(data().resolve("pg_hba.conf"), PostgresConfiguration.ACCESS);
  }

  private void initialise(Path directory, String superuserPassword) throws InterruptedException {
    // initdb opens the password's file itself, which a pipe made by another user would not allow:
    // hence `cat`.
    Outcome outcome =
        runProgram(
            "cat | exec \"$0\" \"$@\"",
            superuserPassword + "\n",
            "initdb",
            "-D",
            directory.toString(),
            "--auth=scram-sha-256",
            "--pwfile=/dev/stdin",
            "--username=postgres",
            "--data-checksums",
            "--encoding=UTF8",
            // PostgreSQL's own locale, so that an update of the system's never reorders an index.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    if (!outcome.isDone()) {
      throw new CommandFailure(
          "Could not initialise PostgreSQL in "
              + directory
              + ":\n"
              + lastLines(outcome.printable())
              + "\nIt needs 100 MB of space; then start again.");
    }
  }

  private void createRoles(Path directory) throws InterruptedException {
    var verifiers = new LinkedHashMap<DatabaseRole, String>();
    for (DatabaseRole role : DatabaseRole.values()) {
      String password = newPassword();
      secrets.write(role, password);
      verifiers.put(role, ScramVerifier.of(password, random));
    }
    runAlone(directory, "postgres", DatabaseRole.rolesAndDatabase(verifiers));
    runAlone(directory, DatabaseRole.DATABASE, DatabaseRole.schema());
  }

  /// Runs statements, parted by empty lines, in a backend that listens to nobody.
  private void runAlone(Path directory, String database, String statements)
      throws InterruptedException {
    Outcome outcome =
        runProgram(
            "exec \"$0\" \"$@\"",
            statements,
            "postgres",
            "--single",
            "-j",
            "-D",
            directory.toString(),
            "-c",
            "exit_on_error=true",
            // The statements hold verifiers: not even a failure may log them.
            "-c",
            "log_min_error_statement=panic",
            database);
    if (!outcome.isDone()) {
      throw new CommandFailure(
          "Could not create the database's roles:\n"
              + outcome.printable().strip()
              + "\nStart again; if it stays so, this is a defect of Bulkhead's.");
    }
  }

  private Outcome runProgram(String script, String input, String program, String... arguments)
      throws InterruptedException {
    var command = new ArrayList<>(List.of("sh", "-c", script, binaries.program(program)));
    command.addAll(List.of(arguments));
    return ShortCommand.of(account.as(command)).withInput(input).within(MOST_INIT).run();
  }

  private static String lastLines(String output) {
    List<String> lines = output.strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
  }

  private String newPassword() {
    var bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
