/// The embedded telemetry engine: the only place that knows QuestDB.
@NullMarked
package dev.bulkhead.server.telemetry.questdb;

import org.jspecify.annotations.NullMarked;
