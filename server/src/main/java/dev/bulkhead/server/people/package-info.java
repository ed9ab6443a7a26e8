/// The people of a tenant and what they may: roles, scopes, invitations, suspension.
@NullMarked
package dev.bulkhead.server.people;

import org.jspecify.annotations.NullMarked;
