/// Who this host is: its keys, its certificate and where its server is.
@NullMarked
package dev.bulkhead.agent.identity;

import org.jspecify.annotations.NullMarked;
