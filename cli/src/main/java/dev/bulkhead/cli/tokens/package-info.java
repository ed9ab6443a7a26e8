/// The verbs `tokens` and `service-accounts`.
@NullMarked
package dev.bulkhead.cli.tokens;

import org.jspecify.annotations.NullMarked;
