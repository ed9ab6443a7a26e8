/// How verbs write to a terminal, a pipe or a file: columns, units, colours.
@NullMarked
package dev.bulkhead.cli.terminal;

import org.jspecify.annotations.NullMarked;
