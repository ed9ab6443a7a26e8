/// What verbs over the API have in common: which server, one list, one thing by its name.
@NullMarked
package dev.bulkhead.cli.verbs;

import org.jspecify.annotations.NullMarked;
