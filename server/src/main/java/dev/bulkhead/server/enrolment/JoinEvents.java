package dev.bulkhead.server.enrolment;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.fleet.Fleet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// Tells live views what becomes of join codes, after it is committed. Listeners are called in the
/// thread that made the change and must not block. Thread-safe.
@Component
public final class JoinEvents {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Fleet fleet;

  JoinEvents(Fleet fleet) {
    this.fleet = fleet;
  }

  private record Listener(SignedIn who, Consumer<JoinStatus> call) {}

  /// Ends a subscription.
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /// Calls `call` for every change of the codes that somebody may see until the subscription is
  /// closed.
  public Subscription subscribe(SignedIn who, Consumer<JoinStatus> call) {
    final Listener listener = new Listener(who, call);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void publish(JoinStatus status) {
    if (status.state() == JoinStatus.State.JOINED) {
      fleet.changed(status.tenant());
    }
    for (Listener listener : listeners) {
      if (listener.who().tenantId().equals(status.tenant()) && status.isShownTo(listener.who())) {
        listener.call().accept(status);
      }
    }
  }
}
