package dev.bulkhead.server.telemetry;

import org.jspecify.annotations.Nullable;

/// Why the telemetry store could not do what was asked. The message is for an operator.
public abstract sealed class TelemetryFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private TelemetryFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// Stable, snake_case: labels metrics and problems.
  public abstract String code();

  /// The disk has no room; nothing was acknowledged, and writing resumes by itself when there is.
  public static final class Full extends TelemetryFailure {
    private static final long serialVersionUID = 1L;

    public Full(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public String code() {
      return "telemetry_full";
    }
  }

  /// More arrives than can be committed; send again later.
  public static final class Busy extends TelemetryFailure {
    private static final long serialVersionUID = 1L;

    public Busy(String message) {
      super(message, null);
    }

    @Override
    public String code() {
      return "telemetry_busy";
    }
  }

  /// The store is closed or closing.
  public static final class Closed extends TelemetryFailure {
    private static final long serialVersionUID = 1L;

    public Closed() {
      super("the telemetry store is closed", null);
    }

    @Override
    public String code() {
      return "telemetry_closed";
    }
  }

  /// The engine failed at a write or a read that should have worked.
  public static final class Broken extends TelemetryFailure {
    private static final long serialVersionUID = 1L;

    public Broken(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public String code() {
      return "telemetry_broken";
    }
  }

  /// The directory holds something that the engine cannot open.
  public static final class Corrupt extends TelemetryFailure {
    private static final long serialVersionUID = 1L;

    public Corrupt(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public String code() {
      return "telemetry_corrupt";
    }
  }

  /// Another process has the directory.
  public static final class Held extends TelemetryFailure {
    private static final long serialVersionUID = 1L;

    public Held(String message) {
      super(message, null);
    }

    @Override
    public String code() {
      return "telemetry_held";
    }
  }
}
