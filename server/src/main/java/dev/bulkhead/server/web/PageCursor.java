package dev.bulkhead.server.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Where the next page of a list begins: the sort key of the last row that was shown. Opaque to the
/// caller, and no secret.
public final class PageCursor {
  private static final String SEPARATOR = "\n";

  private PageCursor() {}

  /// Parts must hold no line break.
  public static String of(String... parts) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
  }

  /// The parts of a cursor that [#of] made of so many.
  ///
  /// @throws ProblemException `validation` of the field `cursor`
  public static List<String> parse(String cursor, int parts) {
    try {
      final List<String> found =
          List.of(
              new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
                  .split(SEPARATOR, -1));
      if (found.size() == parts) {
        return found;
      }
      throw wrong();
    } catch (IllegalArgumentException notBase64) {
      throw wrong();
    }
  }

  /// The failure of a cursor that is none of ours.
  public static ProblemException wrong() {
    return ProblemException.field("cursor", "is none of this list's; begin again");
  }
}
