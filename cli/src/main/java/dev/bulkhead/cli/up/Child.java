package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;

/// A process that the supervisor keeps running.
///
/// Life: `start` → `awaitEnd` → `start` → … → `stop`. One thread calls them, one after the other;
/// `stop` may also follow a `start` that was interrupted or failed.
interface Child {

  /// How messages call it.
  String name();

  /// Starts it, waits until it is ready, and says so.
  ///
  /// @throws CommandFailure when it cannot be started or ends before it is ready
  void start() throws InterruptedException;

  /// Waits until it ends by itself.
  ///
  /// @return how it ended, such as `exit 137`
  String awaitEnd() throws InterruptedException;

  /// Ends it, in order if it lets us, else by force.
  void stop() throws InterruptedException;
}
