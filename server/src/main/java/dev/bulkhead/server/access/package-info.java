/// Who may do what: permissions, roles, and the person behind a request.
@NullMarked
package dev.bulkhead.server.access;

import org.jspecify.annotations.NullMarked;
