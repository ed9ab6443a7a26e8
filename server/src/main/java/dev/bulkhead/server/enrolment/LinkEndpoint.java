package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.join.LinkAddress;
import java.util.List;

/// Where agents reach the link; the agent link provides it.
public interface LinkEndpoint {
  /// One to eight addresses, in the order in which an agent tries them.
  ///
  /// @throws dev.bulkhead.server.web.ProblemException `unavailable` before the link listens
  List<LinkAddress> addresses();

  /// Whether no other machine can reach any of them.
  boolean isLoopbackOnly();
}
