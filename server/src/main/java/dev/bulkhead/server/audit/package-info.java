/// The record of what happened: hash-chained, appended in the transaction that it records.
@NullMarked
package dev.bulkhead.server.audit;

import org.jspecify.annotations.NullMarked;
