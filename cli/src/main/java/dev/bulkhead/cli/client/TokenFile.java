package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// A file with an API token, which nobody but its owner may touch.
record TokenFile(Path path) {

  private static final Pattern FORM = Pattern.compile("bhk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}");
  private static final int MAX_BYTES = 256;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /// Reads it anew.
  ///
  /// @throws CommandFailure when it is not there, is open to others, or holds no token
  String read() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (!OWNERS.containsAll(permissions)) {
        throw new CommandFailure(
            path
                + " is open to others ("
                + PosixFilePermissions.toString(permissions)
                + ").\nClose it: chmod 600 "
                + path
                + "\nand replace the token, unless nobody else uses this machine.");
      }
      try (InputStream in = Files.newInputStream(path)) {
        String token = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
        if (!FORM.matcher(token).matches()) {
          throw new CommandFailure(
              path + " holds no API token.\nMake one: bulkhead tokens create NAME --out FILE");
        }
        return token;
      }
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          "There is no " + path + ".\nName the file with the token: --token-file FILE", e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure("No permission to read " + path + ".", e);
    } catch (IOException e) {
      throw new CommandFailure("Could not read " + path + ": " + e.getMessage(), e);
    }
  }
}
