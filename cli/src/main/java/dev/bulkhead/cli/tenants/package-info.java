/// The verbs `tenant`, for one's own, and `tenants`, for whoever runs the installation.
@NullMarked
package dev.bulkhead.cli.tenants;

import org.jspecify.annotations.NullMarked;
