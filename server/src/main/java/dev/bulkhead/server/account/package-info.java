/// What people do to their own account: password, second factors, sessions, and proving a factor
/// anew.
@NullMarked
package dev.bulkhead.server.account;

import org.jspecify.annotations.NullMarked;
