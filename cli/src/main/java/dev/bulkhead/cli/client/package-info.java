/// How verbs on the server's machine reach the server: its port, its token, its answers.
@NullMarked
package dev.bulkhead.cli.client;

import org.jspecify.annotations.NullMarked;
