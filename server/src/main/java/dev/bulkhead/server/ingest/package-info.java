/// From the agent link into the telemetry store, the key figures and the live views.
@NullMarked
package dev.bulkhead.server.ingest;

import org.jspecify.annotations.NullMarked;
