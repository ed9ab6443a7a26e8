package dev.bulkhead.server.fleet;

import java.time.Duration;
import java.util.UUID;

/// The open links to hosts, as the fleet uses them; the agent link provides them.
public interface HostLinks {
  /// Closes every connection of a host whose certificate is no longer good.
  void close(HostKey host);

  /// Closes every connection of a tenant's hosts, and those whose handshakes are about to end.
  void closeAll(UUID tenant);

  /// Lets a tenant's hosts in again.
  void reopen(UUID tenant);

  /// Asks a host to sample at this interval; a host that is away is asked when it comes.
  void sampleEvery(HostKey host, Duration interval);
}
