package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The token that the server leaves in its data directory at each start.
///
/// The file belongs to the server's user, so it is judged before it is used: a link or anything but
/// a token would make root send some other file's content away.
///
/// @param file where it lies
record LocalToken(Path file) {

  private static final Pattern FORM = Pattern.compile("bhl_[A-Za-z0-9_-]{20,128}");
  private static final int MAX_BYTES = 256;

  static LocalToken of(Path state) {
    return new LocalToken(state.resolve("server").resolve("local-token"));
  }

  /// Reads it anew.
  ///
  /// @throws ServerUnreachable when it is not there yet
  /// @throws CommandFailure when this user may not read it, or it is no token
  String read() {
    try {
      if (!Files.readAttributes(
              file, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile()) {
        throw notAToken();
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        String token =
            new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).stripTrailing();
        if (!FORM.matcher(token).matches()) {
          throw notAToken();
        }
        return token;
      }
    } catch (NoSuchFileException e) {
      throw new ServerUnreachable(
          "The server is still starting: there is no " + file + ".\nTry again in a moment.", e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure(
          "No permission to read "
              + file
              + ".\nRun this as the user who runs `bulkhead up`, or as root.",
          e);
    } catch (IOException e) {
      throw new CommandFailure("Could not read " + file + ": " + e.getMessage(), e);
    }
  }

  private CommandFailure notAToken() {
    return new CommandFailure(
        file + " holds no token of a server's.\nStart Bulkhead again: ./bulkhead up");
  }
}
