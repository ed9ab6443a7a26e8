package dev.bulkhead.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads a spool in order, from the disk and then from memory. For one thread.
public final class SpoolReader implements Closeable {

  private final Spool spool;
  private long last;
  private @Nullable Segment segment;
  private @Nullable FileChannel channel;
  private long position;

  SpoolReader(Spool spool, long after) {
    this.spool = spool;
    this.last = after;
  }

  /// The next sample, or null when there is none now.
  public @Nullable SpoolRecord next() {
    while (true) {
      Segment current = segment;
      if (current == null && !openNext()) {
        return nextInMemory();
      }
      SpoolRecord found = readRecord();
      if (found != null) {
        if (found.sequence() > last) {
          return take(found);
        }
      } else if (current != null && channel != null && spool.isOpen(current)) {
        // Stays open at its end: more will come, and reading it again from its start would be
        // waste.
        if (position >= spool.lengthOf(current)) {
          return nextInMemory();
        }
      } else {
        close();
      }
    }
  }

  private @Nullable SpoolRecord nextInMemory() {
    SpoolRecord found = spool.inMemoryAfter(last);
    // Between both looks it may have gone from memory to the disk: then it is found there next.
    return found == null || spool.segmentAfter(last) != null ? null : take(found);
  }

  private @Nullable SpoolRecord take(@Nullable SpoolRecord found) {
    if (found != null) {
      last = found.sequence();
    }
    return found;
  }

  private boolean openNext() {
    Segment found = spool.segmentAfter(last);
    if (found == null) {
      return false;
    }
    try {
      channel = FileChannel.open(found.file, StandardOpenOption.READ);
    } catch (IOException _) {
      // It was dropped in this moment, or its disk is gone: what comes after it is next.
      last = Math.max(last, found.lastSequence);
    }
    segment = found;
    position = SegmentFormat.HEADER;
    return true;
  }

  private @Nullable SpoolRecord readRecord() {
    FileChannel open = channel;
    Segment current = segment;
    if (open == null || current == null || position >= spool.lengthOf(current)) {
      return null;
    }
    try {
      SpoolRecord found = SegmentFormat.readRecord(open, position);
      if (found != null) {
        position += SegmentFormat.RECORD_HEADER + found.data().length;
        return found;
      }
    } catch (IOException _) {
      // Treated like a damaged record.
      channel = open;
    }
    // Damaged: the rest of this segment cannot be told apart.
    position = Long.MAX_VALUE;
    last = Math.max(last, current.lastSequence);
    return null;
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    segment = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // Nothing was written through it.
        position = 0;
      }
    }
  }
}
