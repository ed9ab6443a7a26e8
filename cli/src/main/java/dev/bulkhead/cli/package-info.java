/// The operator's commands, and the supervisor behind `bulkhead up`.
@NullMarked
package dev.bulkhead.cli;

import org.jspecify.annotations.NullMarked;
