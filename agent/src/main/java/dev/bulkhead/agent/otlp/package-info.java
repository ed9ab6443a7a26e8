/// Encodes samples as OTLP metrics.
@NullMarked
package dev.bulkhead.agent.otlp;

import org.jspecify.annotations.NullMarked;
