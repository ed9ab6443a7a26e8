package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The files with the database's passwords: the roles' belong to the server's user, the superuser's
/// to whoever runs the supervisor.
final class DatabaseSecrets {

  private final StateDirectory state;
  private final AccountFiles serverFiles;

  DatabaseSecrets(StateDirectory state, Account server) {
    this.state = state;
    this.serverFiles = new AccountFiles(server);
  }

  Path file(DatabaseRole role) {
    return state.server().resolve("secrets").resolve(role.passwordFile());
  }

  void write(DatabaseRole role, String password) throws InterruptedException {
    serverFiles.createDirectory(state.server().resolve("secrets"));
    serverFiles.write(file(role), password + "\n");
  }

  void writeSuperuser(String password) {
    Path file = state.superuserPassword();
    Path half = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(half);
      Files.createFile(
          half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(half, password + "\n");
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure("Could not write " + file + ": " + e, e);
    }
  }
}
