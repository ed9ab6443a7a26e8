package dev.bulkhead.server.fleet;

import java.time.Duration;

/// The open links to hosts, as the fleet uses them; the agent link provides them.
public interface HostLinks {
  /// Closes every connection of a host whose certificate is no longer good.
  void close(HostKey host);

  /// Asks a host to sample at this interval; a host that is away is asked when it comes.
  void sampleEvery(HostKey host, Duration interval);
}
