/// The control plane: stores, routes, displays and proposes.
@NullMarked
package dev.bulkhead.server;

import org.jspecify.annotations.NullMarked;
