package dev.bulkhead.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The machine's own Chromium, without a window. What a page complains of fails the test that asks.
final class Chromium implements AutoCloseable {
  private static final List<String> BINARIES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final String SETTLED =
      "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
  private static final Path SCREENSHOTS =
      Path.of(Objects.requireNonNull(System.getProperty("screenshots")));

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(binary())
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));
  private final List<String> complaints = new ArrayList<>();

  private static Path binary() {
    return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), BINARIES.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("Chromium is not installed: apt-get install chromium"));
  }

  Page open(String url) {
    final BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setBaseURL(url).setViewportSize(1280, 900));
    final Page page = context.newPage();
    page.setDefaultTimeout(30_000);
    page.onPageError(complaints::add);
    page.onResponse(
        response -> {
          if (response.status() >= 400) {
            System.out.println(
                "browser: "
                    + response.status()
                    + " "
                    + response.request().method()
                    + " "
                    + response.url());
          }
        });
    page.onConsoleMessage(
        message -> {
          // A refusal that the page expects, such as "not signed in yet", is the browser's line and
          // not ours.
          if (message.type().equals("error")
              && !message.text().startsWith("Failed to load resource")) {
            complaints.add(message.text());
          }
        });
    return page;
  }

  /// Errors of scripts and violations of the content security policy so far.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// Leaves pictures of a page: wide and narrow, light and dark.
  void screenshots(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1280, 360}) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, width == 360 ? 780 : 900);
        page.evaluate(SETTLED);
        final String file =
            name + "-" + width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)));
        final Object overflow =
            page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (((Number) overflow).intValue() > 0) {
          complaints.add(name + " scrolls sideways at " + width + " px");
        }
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(1280, 900);
    // Rows are other elements when narrow: what is clicked next must be there to stay.
    page.evaluate(SETTLED);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
