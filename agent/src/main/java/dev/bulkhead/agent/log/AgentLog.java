package dev.bulkhead.agent.log;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/// Writes `time=… level=… event=… key=value` lines. Safe for any number of threads.
///
/// No secret ever comes here: keys, codes and requests are not logged at all.
public final class AgentLog {

  private final PrintStream out;
  private final Clock clock;

  /// A log that writes to a stream, usually standard error.
  public AgentLog(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /// Something that an operator may want to know.
  public void info(String event, String... keysAndValues) {
    write("info", event, keysAndValues);
  }

  /// Something that an operator may have to look into.
  public void warn(String event, String... keysAndValues) {
    write("warn", event, keysAndValues);
  }

  private void write(String level, String event, String... keysAndValues) {
    StringBuilder line = new StringBuilder(128);
    line.append("time=").append(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    line.append(" level=").append(level).append(" event=").append(event);
    for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
      line.append(' ').append(keysAndValues[i]).append('=');
      appendValue(line, keysAndValues[i + 1]);
    }
    out.println(line);
  }

  private static void appendValue(StringBuilder line, String value) {
    boolean plain = !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '"' && c < 127);
    if (plain) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      // What others wrote must not begin a line of its own.
      line.append(Character.isISOControl(c) ? ' ' : c == '"' ? '\'' : c);
    }
    line.append('"');
  }
}
