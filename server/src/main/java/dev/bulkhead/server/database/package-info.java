/// The only door to PostgreSQL: pools, migrations, and transactions that name their tenant.
@NullMarked
package dev.bulkhead.server.database;

import org.jspecify.annotations.NullMarked;
