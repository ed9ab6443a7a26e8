/// From where a tenant may be used: its allowlist of networks.
@NullMarked
package dev.bulkhead.server.networks;

import org.jspecify.annotations.NullMarked;
