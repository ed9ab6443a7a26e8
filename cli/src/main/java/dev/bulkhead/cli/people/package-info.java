/// The verbs `people`, `invitations` and `groups`.
@NullMarked
package dev.bulkhead.cli.people;

import org.jspecify.annotations.NullMarked;
