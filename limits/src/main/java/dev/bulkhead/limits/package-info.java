/// Limits that nothing refills but time: buckets in a file that survives the death of its program.
@NullMarked
package dev.bulkhead.limits;

import org.jspecify.annotations.NullMarked;
