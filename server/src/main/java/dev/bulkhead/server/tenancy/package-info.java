/// Tenants as a whole: making, renaming, exporting, deleting, restoring and purging them.
@NullMarked
package dev.bulkhead.server.tenancy;

import org.jspecify.annotations.NullMarked;
