package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/// The layout of a state directory, and who may enter what.
///
/// An ordinary user keeps all of it at 0700. As root, the top and `postgres` are 0711 and root's:
/// the children's users must pass through to reach what is theirs, and can neither list nor rename
/// anything there. What belongs to a child is 0700 and its own.
///
/// @param root its absolute path, links resolved
record StateDirectory(Path root) {

  Path lock() {
    return root.resolve("lock");
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Path superuserPassword() {
    return root.resolve("postgres-superuser.password");
  }

  Path server() {
    return root.resolve("server");
  }

  Path agent() {
    return root.resolve("agent");
  }

  /// Copies of programs that a child's user cannot read where they were built.
  Path programs() {
    return root.resolve("lib");
  }

  /// Makes the directory itself, or takes over one that an earlier `up` made.
  ///
  /// @throws CommandFailure when it is somebody else's, holds other things, or cannot be made
  void create() {
    try {
      if (!Files.exists(root)) {
        Files.createDirectories(root);
      } else if (!Files.isDirectory(root)) {
        throw new CommandFailure(root + " is not a directory.\nName another: --state DIR");
      } else if (!Files.exists(lock(), LinkOption.NOFOLLOW_LINKS) && hasEntries()) {
        throw new CommandFailure(
            root
                + " holds other files, and is no state of Bulkhead's.\n"
                + "Name an empty or a new directory: --state DIR");
      }
      requireOwned(root, Account.ofInvoker());
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(passage()));
    } catch (AccessDeniedException e) {
      throw new CommandFailure(
          "No permission to make the state directory "
              + root
              + " ("
              + e.getFile()
              + ").\nName one that this user may write: --state DIR",
          e);
    } catch (IOException e) {
      throw failure(root, e);
    }
  }

  /// Makes a directory that children's users pass through, unless it is there.
  Path createPassage(Path directory) {
    return createOwned(directory, Account.ofInvoker(), passage());
  }

  /// Makes a directory of mode 0700 that belongs to `owner`, unless it is there.
  Path createPrivate(Path directory, Account owner) {
    return createOwned(directory, owner, "rwx------");
  }

  /// Makes a directory that every user of this machine may read, unless it is there.
  Path createReadable(Path directory) {
    return createOwned(
        directory, Account.ofInvoker(), Platform.isRoot() ? "rwxr-xr-x" : "rwx------");
  }

  private static Path createOwned(Path directory, Account owner, String mode) {
    try {
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (owner instanceof Account.SystemUser user) {
          giveTo(directory, user);
        }
      }
      requireOwned(directory, owner);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
      return directory;
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  private static void giveTo(Path directory, Account.SystemUser user) throws IOException {
    var principals = directory.getFileSystem().getUserPrincipalLookupService();
    var view =
        Files.getFileAttributeView(
            directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setGroup(principals.lookupPrincipalByGroupName(user.name()));
    view.setOwner(principals.lookupPrincipalByName(user.name()));
  }

  private static void requireOwned(Path directory, Account owner) throws IOException {
    if (Platform.uid(directory) != owner.uid()) {
      throw new CommandFailure(
          directory
              + " belongs to user "
              + Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName()
              + ", not to "
              + owner.name()
              + ".\nStart Bulkhead as the user who started it before, or name another: --state DIR");
    }
  }

  private boolean hasEntries() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.findAny().isPresent();
    }
  }

  private static String passage() {
    return Platform.isRoot() ? "rwx--x--x" : "rwx------";
  }

  private static CommandFailure failure(Path directory, IOException cause) {
    return new CommandFailure(
        "Could not prepare "
            + directory
            + ": "
            + cause
            + "\nIs there space, and is the file system writable?",
        cause);
  }
}
