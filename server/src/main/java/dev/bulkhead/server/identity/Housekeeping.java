package dev.bulkhead.server.identity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Removes expired sessions and ceremonies.
@Component
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int INTERVAL_MILLIS = 300_000;

  private final Sessions sessions;

  Housekeeping(Sessions sessions) {
    this.sessions = sessions;
  }

  @Scheduled(fixedDelay = INTERVAL_MILLIS)
  void purge() {
    try {
      sessions.purge();
    } catch (DataAccessException away) {
      LOG.atWarn()
          .setMessage("expired sessions kept until the database answers")
          .setCause(away)
          .log();
    }
  }
}
