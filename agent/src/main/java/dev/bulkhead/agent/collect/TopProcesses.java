package dev.bulkhead.agent.collect;

import dev.bulkhead.agent.collect.ProcessReport.Item;
import dev.bulkhead.agent.collect.ProcessTable.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The processes that use most: fifteen by processor time and fifteen by memory.
final class TopProcesses {

  private static final int COUNT = 15;
  private static final byte[] UID = LinuxRoots.ascii("Uid:");
  private static final Comparator<Entry> BY_CPU =
      Comparator.<Entry>comparingDouble(entry -> entry.ticksPerSecond).reversed();
  private static final Comparator<Entry> BY_MEMORY =
      Comparator.<Entry>comparingLong(entry -> entry.pages).reversed();

  private final Path proc;
  private final ProcessTable table;
  private final Users users;
  private final KernelConstants kernel;
  private final ByteScanner scanner = new ByteScanner();

  TopProcesses(LinuxRoots roots) {
    proc = roots.proc();
    table = new ProcessTable(proc);
    users = new Users(roots.passwd());
    kernel = KernelConstants.read(proc.resolve("self/auxv"));
  }

  ProcessReport read(long nanos, long nowMillis, long bootMillis) {
    List<Entry> entries = table.read(nanos);
    int total = entries.size();
    entries.sort(BY_CPU);
    Set<Entry> top = new LinkedHashSet<>(entries.subList(0, Math.min(COUNT, total)));
    entries.sort(BY_MEMORY);
    top.addAll(entries.subList(0, Math.min(COUNT, total)));
    List<Item> items = new ArrayList<>(top.size());
    for (Entry entry : top) {
      items.add(item(entry, bootMillis));
    }
    items.sort(Comparator.comparingDouble(Item::cpu).reversed());
    return new ProcessReport(Instant.ofEpochMilli(nowMillis), total, items);
  }

  private Item item(Entry entry, long bootMillis) {
    long startedMillis = bootMillis + entry.startTicks * 1000 / kernel.ticksPerSecond();
    return new Item(
        entry.pid,
        entry.name,
        userOf(entry.pid),
        entry.ticksPerSecond / kernel.ticksPerSecond(),
        entry.pages * kernel.pageSize(),
        entry.threads,
        String.valueOf(entry.state),
        Instant.ofEpochMilli(startedMillis));
  }

  private String userOf(int pid) {
    try (ProcFile status = new ProcFile(proc.resolve(pid + "/status"), 2048)) {
      status.readInto(scanner);
      while (scanner.nextLine()) {
        if (scanner.skipPrefix(UID)) {
          return users.nameOf(scanner.number());
        }
      }
    } catch (IOException _) {
      // It has ended meanwhile.
      return "";
    }
    return "";
  }
}
