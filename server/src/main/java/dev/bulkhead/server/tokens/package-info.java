/// API tokens and service accounts: what programs prove themselves with, and who may give it to
/// them.
@NullMarked
package dev.bulkhead.server.tokens;

import org.jspecify.annotations.NullMarked;
