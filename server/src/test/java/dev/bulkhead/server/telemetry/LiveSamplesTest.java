package dev.bulkhead.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveSamplesTest {
  private static final UUID TENANT = new UUID(1, 1);
  private static final UUID HOST = new UUID(2, 2);

  private final LiveSamples live = new LiveSamples();

  @Test
  void passesBatchesOn_toTheSubscribersOfThatHostAndTenant() throws Exception {
    try (var mine = live.subscribe(TENANT, HOST);
        var foreign = live.subscribe(new UUID(1, 9), HOST);
        var other = live.subscribe(TENANT, new UUID(2, 9))) {
      live.publish(TENANT, HOST, batch(1));

      assertThat(mine.take(Duration.ofSeconds(5)))
          .contains(new LiveSamples.Event.Arrived(batch(1)));
      assertThat(foreign.take(Duration.ZERO)).isEmpty();
      assertThat(other.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void losesTheOldest_andSaysHowMany_whenTheSubscriberIsSlow() throws Exception {
    try (var slow = live.subscribe(TENANT, HOST)) {
      for (var i = 0; i < LiveSamples.WAITING + 3; i++) {
        live.publish(TENANT, HOST, batch(i));
      }

      assertThat(slow.take(Duration.ZERO)).contains(new LiveSamples.Event.Missed(3));
      assertThat(slow.take(Duration.ZERO)).contains(new LiveSamples.Event.Arrived(batch(3)));
    }
  }

  @Test
  void wakesTheReader_whenClosed() throws Exception {
    var subscription = live.subscribe(TENANT, HOST);
    var result = new java.util.concurrent.CompletableFuture<Optional<LiveSamples.Event>>();
    var reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    result.complete(subscription.take(Duration.ofMinutes(10)));
                  } catch (InterruptedException interruption) {
                    result.completeExceptionally(interruption);
                  }
                });

    assertThat(live.isWatched(TENANT, HOST)).isTrue();
    subscription.close();

    reader.join(Duration.ofSeconds(10));
    assertThat(result.join()).isEmpty();
    assertThat(live.isWatched(TENANT, HOST)).isFalse();
  }

  private static Batch batch(int value) {
    return new Batch(List.of(new Sample(new Series("m", "1", Map.of()), 1, value)));
  }
}
