package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.up.ShortCommand.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The operating-system user as whom a child runs.
sealed interface Account {

  /// Its name, for messages.
  String name();

  /// Its numeric id, as `/proc` shows it.
  long uid();

  /// The command that runs `command` as this user.
  List<String> as(List<String> command);

  /// Whoever started the supervisor.
  record Invoker(String name, long uid) implements Account {
    @Override
    public List<String> as(List<String> command) {
      return List.copyOf(command);
    }
  }

  /// A system user of the child's own. It holds no capability and can never gain one.
  record SystemUser(String name, long uid) implements Account {
    @Override
    public List<String> as(List<String> command) {
      var all =
          new ArrayList<>(
              List.of(
                  "setpriv",
                  "--reuid=" + name,
                  "--regid=" + name,
                  "--clear-groups",
                  "--no-new-privs",
                  "--bounding-set=-all",
                  "--inh-caps=-all"));
      all.addAll(command);
      return List.copyOf(all);
    }
  }

  static Account ofInvoker() {
    ProcessHandle self = ProcessHandle.current();
    return new Invoker(
        self.info().user().orElse(System.getProperty("user.name")),
        Platform.uid(Path.of("/proc", Long.toString(self.pid()))));
  }

  /// The system user `name` when the supervisor is root, made when it is missing; else the invoker.
  ///
  /// @throws CommandFailure when the user cannot be made
  static Account ofService(String name) throws InterruptedException {
    if (!Platform.isRoot()) {
      return ofInvoker();
    }
    Outcome id = idOf(name);
    if (!id.isDone()) {
      List<String> add =
          List.of(
              "useradd",
              "--system",
              "--user-group",
              "--no-create-home",
              "--home-dir",
              "/nonexistent",
              "--shell",
              "/usr/sbin/nologin",
              name);
      Outcome added = ShortCommand.of(add).run();
      id = idOf(name);
      if (!id.isDone()) {
        throw new CommandFailure(
            "Could not make the system user "
                + name
                + ": "
                + added.printable().strip()
                + "\nMake it by hand, then try again: "
                + String.join(" ", add));
      }
    }
    return new SystemUser(name, Long.parseLong(id.output().strip()));
  }

  private static Outcome idOf(String name) throws InterruptedException {
    return ShortCommand.of(List.of("id", "-u", name)).run();
  }
}
