/// People, how they prove who they are, and their sessions.
@NullMarked
package dev.bulkhead.server.identity;

import org.jspecify.annotations.NullMarked;
