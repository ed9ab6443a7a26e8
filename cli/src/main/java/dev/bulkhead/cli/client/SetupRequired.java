package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;

/// The installation has no owner yet, so there is nothing to read.
public final class SetupRequired extends CommandFailure {

  private static final long serialVersionUID = 1L;

  SetupRequired(String url) {
    super("Finish the setup at " + url + " first.");
  }
}
