package dev.bulkhead.server.identity;

import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.secrets.Keys;
import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// The one-time code without which a new installation cannot be set up. Each start makes a new one
/// and leaves it in the file `setup-code`, which the server's user alone can read; the database
/// knows only its keyed hash.
@Component
final class SetupCode {
  // Crockford's base 32: no I, L, O or U that could be misread.
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int GROUPS = 4;
  private static final int GROUP_LENGTH = 4;

  private final Installation installation;
  private final Keys keys;
  private final Path file;

  SetupCode(Installation installation, Keys keys, ServerConfiguration configuration) {
    this.installation = installation;
    this.keys = keys;
    file = configuration.data().resolve("setup-code");
  }

  @PostConstruct
  void issue() {
    if (installation.isSetUp()) {
      remove();
      return;
    }
    final String code = generate();
    installation.replaceSetupCode(canonical(code));
    PrivateFile.write(file, code + "\n");
  }

  boolean matches(String typed) {
    return installation.isSetupCode(canonical(typed));
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the used setup code in " + file, e);
    }
  }

  private String generate() {
    final byte[] random = keys.random(GROUPS * GROUP_LENGTH);
    final StringBuilder code = new StringBuilder();
    for (int i = 0; i < random.length; i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        code.append('-');
      }
      code.append(ALPHABET.charAt(random[i] & 31));
    }
    return code.toString();
  }

  // Typed by a person: case, spaces and dashes do not matter, and letters that look like digits
  // count as them.
  private static String canonical(String code) {
    return code.toUpperCase(Locale.ROOT)
        .replaceAll("[\\s-]", "")
        .replace('O', '0')
        .replace('I', '1')
        .replace('L', '1');
  }
}
