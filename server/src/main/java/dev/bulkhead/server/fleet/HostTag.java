package dev.bulkhead.server.fleet;

/// What a host's tag may be: `word`, or `key:value`, as `env:prod`. Tags select and display, and
/// make the scopes of people; no host obeys anybody for a tag.
public final class HostTag {
  /// As a regular expression.
  public static final String FORM = "[A-Za-z0-9][A-Za-z0-9._/-]{0,31}(:[A-Za-z0-9._/-]{1,31})?";

  /// As a sentence's end.
  public static final String ADVICE =
      "must be a word, or key:value, of letters, digits and . _ / -";

  private HostTag() {}
}
