package dev.bulkhead.server.tokens;

import dev.bulkhead.server.web.PageCursor;
import org.jspecify.annotations.Nullable;

/// What tokens and service accounts are called, and the lists in the order of their names.
final class Names {
  static final String FORM = "[^\\p{Cntrl}\\p{Cs}]*";
  static final String ADVICE = "must not hold control characters";

  private Names() {}

  /// Where the page after this name begins.
  static String cursor(String name) {
    return PageCursor.of(name);
  }

  /// The name in a cursor; null for the first page.
  static @Nullable String ofCursor(@Nullable String cursor) {
    return cursor == null ? null : PageCursor.parse(cursor, 1).getFirst();
  }
}
