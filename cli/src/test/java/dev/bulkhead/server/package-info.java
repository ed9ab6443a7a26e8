/// A stand-in for the server, which is a program of its own: the supervisor's tests start it.
@NullMarked
package dev.bulkhead.server;

import org.jspecify.annotations.NullMarked;
