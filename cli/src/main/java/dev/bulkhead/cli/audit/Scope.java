package dev.bulkhead.cli.audit;

import java.util.Locale;

/// Which of the two chains.
enum Scope {
  TENANT,
  PLATFORM;

  /// `tenant` or `platform`, as the API says it.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
