/// The server's configuration: one YAML file, read once at the start.
@NullMarked
package dev.bulkhead.server.configuration;

import org.jspecify.annotations.NullMarked;
