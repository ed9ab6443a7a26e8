/// Telemetry: decodes what hosts measure, keeps it durably, and answers what was and what is.
@NullMarked
package dev.bulkhead.server.telemetry;

import org.jspecify.annotations.NullMarked;
