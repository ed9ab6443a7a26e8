/// Wire contracts that every program shares.
@NullMarked
package dev.bulkhead.protocol;

import org.jspecify.annotations.NullMarked;
