/// A stand-in for the agent, which is a program of its own: the supervisor's tests start it.
@NullMarked
package dev.bulkhead.agent;

import org.jspecify.annotations.NullMarked;
