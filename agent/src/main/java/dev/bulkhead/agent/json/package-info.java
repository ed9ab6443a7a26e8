/// A small bounded JSON reader and writer, enough for the agent's own files and requests.
@NullMarked
package dev.bulkhead.agent.json;

import org.jspecify.annotations.NullMarked;
