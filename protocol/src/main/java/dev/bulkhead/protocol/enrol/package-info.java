/// What an agent and the server say to each other when a host joins and when its certificate is
/// renewed.
@NullMarked
package dev.bulkhead.protocol.enrol;

import org.jspecify.annotations.NullMarked;
