package dev.bulkhead.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever ends a token ends it before the call returns, and its streams within a second.
final class RevocationTest {
  private static final int CLIENTS = 200;
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TokenFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new TokenFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  @Tag("CG-C015")
  void remove_under200ConcurrentRequests_letsNoneInAfterItReturned() throws Exception {
    final TokenFixture.Made token = fixture.make("hosts_read");
    final Program program = fixture.program(token);
    final AtomicLong revoked = new AtomicLong(Long.MAX_VALUE);
    final AtomicInteger before = new AtomicInteger();
    final AtomicInteger after = new AtomicInteger();
    final AtomicInteger late = new AtomicInteger();

    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(
            () -> {
              int refusals = 0;
              while (refusals < 3) {
                final boolean began = System.nanoTime() - revoked.get() > 0;
                final int status = program.get("/api/v1/status").status();
                // An id that is no more costs a look each time, which is limited: 429 refuses too.
                if (status == 401 || status == 429) {
                  refusals++;
                  after.incrementAndGet();
                } else {
                  (began ? late : before).incrementAndGet();
                }
              }
            });
      }
      Awaitility.await().until(() -> before.get() > CLIENTS);
      assertThat(fixture.remove(token).status()).isEqualTo(204);
      revoked.set(System.nanoTime());
    }

    assertThat(late).hasValue(0);
    assertThat(after.get()).isGreaterThanOrEqualTo(CLIENTS * 3);
  }

  @Test
  void stream_ofARemovedDisabledOrChangedToken_closesWithinASecond() throws Exception {
    final UUID account = fixture.account("watcher", "viewer");
    final TokenFixture.Made removed = fixture.make("hosts_read");
    final TokenFixture.Made disabled = fixture.make("hosts_read");
    final TokenFixture.Made moved = fixture.make("hosts_read");
    final TokenFixture.Made demoted =
        fixture.make(Map.of("scopes", List.of("hosts_read"), "serviceAccount", account));
    final TokenFixture.Made expired =
        fixture.make(Map.of("scopes", List.of("hosts_read"), "expiresInDays", 1));

    closes(removed, () -> fixture.remove(removed));
    closes(disabled, () -> fixture.edit(disabled, false, List.of()));
    closes(moved, () -> fixture.edit(moved, true, List.of("10.0.0.0/8")));
    closes(
        demoted,
        () ->
            fixture
                .owner
                .browser()
                .put(
                    "/api/v1/service-accounts/" + account,
                    Map.of("name", "watcher", "role", "auditor")));
    closes(
        expired,
        () ->
            fixture.update(
                fixture.owner.tenant(),
                "update api_token set expires_at = now() where id = ?",
                expired.id()));
  }

  @Test
  void stream_ofATokenThatStands_goesOn_whileAnotherEnds() throws Exception {
    final TokenFixture.Made kept = fixture.make("hosts_read");
    final TokenFixture.Made ended = fixture.make("hosts_read");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        InputStream stream = fixture.program(kept).open("/api/v1/events")) {
      final Future<?> end = threads.submit(() -> drain(stream));
      closes(ended, () -> fixture.remove(ended));

      assertThat(end.isDone()).isFalse();
      fixture.remove(kept);
      Awaitility.await().atMost(A_SECOND.multipliedBy(2)).until(end::isDone);
    }
  }

  @Test
  void stream_ofASessionThatEnds_closesWithinASecond() throws Exception {
    final dev.bulkhead.server.Owner owner = fixture.owner;
    final String cookies =
        owner.browser().cookies().entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(java.util.stream.Collectors.joining("; "));
    final java.net.http.HttpResponse<InputStream> answer =
        java.net.http.HttpClient.newHttpClient()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(
                            "http://localhost:" + fixture.server.port() + "/api/v1/events"))
                    .header("Cookie", cookies)
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);

    closes(
        answer.body(),
        () ->
            fixture.update(
                owner.tenant(), "update session set expires_at = now() - interval '1 second'"));
    fixture.update(owner.tenant(), "update session set expires_at = now() + interval '1 hour'");
  }

  private static void closes(TokenFixture.Made token, Runnable end) throws Exception {
    closes(fixture.program(token).open("/api/v1/events"), end);
  }

  private static void closes(InputStream stream, Runnable end) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        stream) {
      final Future<?> closed = threads.submit(() -> drain(stream));
      end.run();
      final long began = System.nanoTime();
      // A busy machine may take its time to say so; the stream's own clock is what counts.
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(A_SECOND.plusMillis(500))
          .until(closed::isDone);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(A_SECOND.plusMillis(500));
    }
  }

  private static long drain(InputStream stream) {
    try {
      return stream.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
