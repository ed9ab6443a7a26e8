package dev.bulkhead.limits;

import java.time.Duration;

/// What became of a wish to take something from a bucket.
public sealed interface Verdict {
  /// It was taken, and stays taken whatever happens to this program.
  record Taken() implements Verdict {}

  /// It was not.
  ///
  /// @param retryAfter after this time the same wish would be granted, if nobody else takes
  ///     meanwhile
  record Refused(Duration retryAfter) implements Verdict {}

  /// More than the bucket ever holds: no time makes it possible.
  record TooMuch() implements Verdict {}
}
