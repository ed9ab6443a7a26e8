package dev.bulkhead.server.identity;

import java.text.Normalizer;
import java.util.Locale;

/// The short name of a tenant, unique in the installation: lower-case letters, digits and hyphens,
/// at most 32.
public final class TenantSlug {
  /// What a slug looks like.
  public static final String FORM = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

  private static final int LENGTH = 32;

  private TenantSlug() {}

  /// The slug that a name suggests; `tenant` when it has no letter or digit of those.
  public static String of(String name) {
    final String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^a-z0-9]+", "-");
    final String cut = plain.substring(0, Math.min(plain.length(), LENGTH));
    final String trimmed = cut.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "tenant" : trimmed;
  }

  /// The same with a number, for when it is taken.
  public static String numbered(String slug, int number) {
    final String ending = "-" + number;
    return of(slug.substring(0, Math.min(slug.length(), LENGTH - ending.length()))) + ending;
  }
}
