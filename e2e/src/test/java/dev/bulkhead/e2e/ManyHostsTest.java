package dev.bulkhead.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A list of ten thousand hosts, on the real server in a real browser.
final class ManyHostsTest {
  private static final int HOSTS = 10_000;
  // What a window shows and a few beyond its edges, however many there are.
  private static final int ROWS_DRAWN = 80;

  // Scrolls to the end of what is loaded, a step a frame, and answers with the times of the frames.
  private static final String SCROLL =
      """
      () => new Promise((done) => {
        const frames = [];
        let before = performance.now();
        const step = (now) => {
          frames.push(now - before);
          before = now;
          const left = document.documentElement.scrollHeight - innerHeight - scrollY;
          if (left < 2) return done(frames);
          scrollBy(0, Math.max(400, left / 40));
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      })
      """;

  @Test
  void list_ofTenThousandHosts_drawsFewRows_andReachesTheLast() {
    try (Up up = Up.start();
        Chromium chromium = new Chromium()) {
      final Page page = chromium.open(up.url());
      final Person person = new Person(page);
      person.enterAccount(up.setupCode());
      person.takeApp();
      person.the("totp-submit").click();
      person.storeRecoveryCodes();
      person.the("host-row").first().waitFor();
      addHosts(up.state());
      page.reload();

      final Locator table = person.the("hosts-table");
      assertThat(table).hasAttribute("aria-rowcount", String.valueOf(HOSTS + 2));
      final Locator last = page.getByText(name(HOSTS), new Page.GetByTextOptions().setExact(true));
      while (!last.isVisible()) {
        report((List<?>) page.evaluate(SCROLL));
        assertThat(person.the("host-row").count()).isBetween(1, ROWS_DRAWN);
        page.evaluate("() => new Promise(requestAnimationFrame)");
      }
      chromium.screenshots(page, "14-ten-thousand");

      page.evaluate("() => scrollTo(0, 0)");
      person.the("host-search").fill(name(7_777));
      assertThat(person.the("host-row")).hasCount(1);
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  private static void report(List<?> frames) {
    final double[] sorted =
        frames.stream().mapToDouble(frame -> ((Number) frame).doubleValue()).sorted().toArray();
    System.out.printf(
        "many hosts: %d frames, median %.0f ms, p95 %.0f ms, longest %.0f ms%n",
        sorted.length,
        sorted[sorted.length / 2],
        sorted[sorted.length * 95 / 100],
        sorted[sorted.length - 1]);
  }

  private static String name(int number) {
    return "zz-host-%05d".formatted(number);
  }

  private static void addHosts(Path state) {
    AppDatabase.update(
        state,
        """
        insert into host (tenant_id, id, name, tags, kind, mode, device_key, device_fingerprint, hostname, os,
          protected_from_server, joined_at, last_seen_at)
        select current_setting('bulkhead.tenant')::uuid, gen_random_uuid(), 'zz-host-' || lpad(n::text, 5, '0'),
          array['env:' || (array['prod', 'test', 'dev'])[1 + n %% 3]], 'agent', 'monitor', '\\x00',
          sha256(n::text::bytea), 'zz-host-' || n, 'Debian 12', true, now(), now() - make_interval(secs => n)
        from generate_series(1, %d) n
        """
            .formatted(HOSTS));
  }
}
