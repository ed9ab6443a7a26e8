/// Policies: parse, validate, compile, decide; no input or output.
@NullMarked
package dev.bulkhead.policy;

import org.jspecify.annotations.NullMarked;
