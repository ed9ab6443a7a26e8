/// Groups of hosts, and the scopes of people that are made of tags and groups.
@NullMarked
package dev.bulkhead.server.groups;

import org.jspecify.annotations.NullMarked;
