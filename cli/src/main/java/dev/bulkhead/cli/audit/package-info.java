/// The record, read and verified on the operator's machine.
@NullMarked
package dev.bulkhead.cli.audit;

import org.jspecify.annotations.NullMarked;
