package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.Receipt;
import java.util.concurrent.CompletableFuture;

/// A batch on its way to disk, and whom to tell.
record Pending(HostKey host, Batch batch, CompletableFuture<Receipt> acknowledgement) {
  int rows() {
    return batch.samples().size();
  }
}
