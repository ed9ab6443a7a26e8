package dev.bulkhead.server.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version of a row as an ETag (RFC 9110, section 8.8.3), such as `"7"`.
public final class EntityTag {
  private static final Pattern FORM = Pattern.compile("\"(\\d{1,18})\"");

  private EntityTag() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /// The version that an `If-Match` names; null when there is none.
  ///
  /// @throws ProblemException `changed_meanwhile` when it is none of ours, and so matches nothing
  public static @Nullable Long version(@Nullable String ifMatch) {
    if (ifMatch == null) {
      return null;
    }
    final Matcher tag = FORM.matcher(ifMatch);
    if (!tag.matches()) {
      throw new ProblemException(
          ProblemType.CHANGED_MEANWHILE, "Load it again and repeat your change.");
    }
    return Long.valueOf(tag.group(1));
  }
}
