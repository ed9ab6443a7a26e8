package dev.bulkhead.agent.collect;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All processes and what each used since the reading before, from `/proc/[pid]/stat`.
final class ProcessTable {

  private final Path proc;
  private final byte[] buffer = new byte[1024];
  private final ByteScanner scanner = new ByteScanner();
  private final Map<String, Entry> entries = new HashMap<>();
  private long readAt;
  private int round;

  /// One process. A process id that is used again is another process: it started at another time.
  static final class Entry {
    final int pid;
    String name = "";
    char state;
    long startTicks = -1;
    long ticks;
    double ticksPerSecond;
    long threads;
    long pages;
    private int round;

    Entry(int pid) {
      this.pid = pid;
    }
  }

  ProcessTable(Path proc) {
    this.proc = proc;
  }

  /// Reads every process; those that end meanwhile are left out.
  List<Entry> read(long nanos) {
    round++;
    double seconds = (nanos - readAt) / 1e9;
    readAt = nanos;
    String[] names = proc.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      if (isNumber(name)) {
        Entry entry = entries.computeIfAbsent(name, n -> new Entry(Integer.parseInt(n)));
        readEntry(entry, round > 1 ? seconds : 0);
      }
    }
    entries.values().removeIf(entry -> entry.round != round);
    return new ArrayList<>(entries.values());
  }

  private void readEntry(Entry entry, double seconds) {
    int length;
    try (FileInputStream in = new FileInputStream(proc + "/" + entry.pid + "/stat")) {
      length = in.read(buffer);
    } catch (IOException _) {
      // It has ended since the directory was listed.
      return;
    }
    scanner.reset(buffer, Math.max(length, 0));
    if (scanner.nextLine()) {
      parse(entry, seconds);
    }
  }

  // The name stands in parentheses and may hold blanks, parentheses and line ends itself.
  private void parse(Entry entry, double seconds) {
    if (!scanner.skipPast((byte) '(')) {
      return;
    }
    int from = scanner.position();
    if (!scanner.skipPastLast((byte) ')')) {
      return;
    }
    int to = scanner.position() - 1;
    String state = scanner.word();
    scanner.skipWords(10);
    long ticks = scanner.number() + scanner.number();
    scanner.skipWords(4);
    long threads = scanner.number();
    scanner.skipWords(1);
    long start = scanner.number();
    scanner.skipWords(1);
    long pages = scanner.number();
    if (state.length() != 1 || ticks < 0 || start < 0 || pages < 0) {
      return;
    }
    boolean same = entry.startTicks == start;
    if (!same) {
      entry.name = scanner.text(from, to);
    }
    // A process that began since the reading before has used all its time since then.
    long before = same ? entry.ticks : 0;
    entry.ticksPerSecond = seconds > 0 ? Math.max(ticks - before, 0) / seconds : 0;
    entry.state = state.charAt(0);
    entry.startTicks = start;
    entry.ticks = ticks;
    entry.threads = Math.max(threads, 0);
    entry.pages = pages;
    entry.round = round;
  }

  private static boolean isNumber(String name) {
    if (name.length() > 9) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
