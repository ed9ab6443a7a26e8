/// Black-box tests: the assembled programs as real processes, a real browser in front of them.
@NullMarked
package dev.bulkhead.e2e;

import org.jspecify.annotations.NullMarked;
