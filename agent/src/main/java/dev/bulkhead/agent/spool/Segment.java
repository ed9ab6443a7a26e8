package dev.bulkhead.agent.spool;

import java.nio.file.Path;

/// One file of a spool. Written by the sampler only, under the spool's lock.
final class Segment {

  final Path file;
  final long firstSequence;
  // On the monotonic clock: a wall clock that jumps must not make everything look a day old.
  final long createdNanos;
  long lastSequence;
  long length;
  int records;
  boolean sealed;

  Segment(Path file, long firstSequence, long createdNanos) {
    this.file = file;
    this.firstSequence = firstSequence;
    this.createdNanos = createdNanos;
    this.lastSequence = firstSequence - 1;
  }
}
