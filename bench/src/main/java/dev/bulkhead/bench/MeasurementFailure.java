package dev.bulkhead.bench;

/// What was to be measured did not happen; the message says what.
final class MeasurementFailure extends RuntimeException {

  MeasurementFailure(String message) {
    super(message);
  }

  MeasurementFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
