/// The join code: one string that lets one host join, pins the server's authority and carries a
/// secret of one use.
@NullMarked
package dev.bulkhead.protocol.join;

import org.jspecify.annotations.NullMarked;
