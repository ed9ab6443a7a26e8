package dev.bulkhead.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A newcomer's first run in a real browser: setup, this machine live, a second host, renaming,
/// removing, signing out and in. Leaves a picture of each page in `target/screenshots`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirstRunTest {
  private static final double LONG_MILLIS = 60_000;

  private final Up up = Up.start();
  private final Chromium chromium = new Chromium();

  @BeforeAll
  void nothingIsUsableYet() {
    assertThat(up.setupCode()).matches("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}");
  }

  @AfterAll
  void stop() {
    chromium.close();
    up.close();
  }

  @Test
  void newcomer_seesThisMachineLive_andAddsAnother() throws IOException {
    final Page page = chromium.open(up.url());
    final Person person = new Person(page);

    try {
      final App app = setUp(person);
      seeThisMachine(person);
      addSecondHost(person);
      renameAndRemove(person);
      signOutAndIn(person, app);
    } catch (AssertionError | PlaywrightException failure) {
      chromium.screenshots(page, "failure");
      throw failure;
    }

    assertThat(chromium.complaints()).isEmpty();
  }

  private App setUp(Person person) {
    person.page().navigate("/");
    person.the("setup-code").waitFor();
    chromium.screenshots(person.page(), "1-setup-code");
    person.the("setup-code").fill("0000-0000-0000-0000");
    person.the("setup-code-submit").click();
    assertThat(person.page().getByRole(com.microsoft.playwright.options.AriaRole.ALERT).first())
        .containsText("code");
    person.enterAccount(up.setupCode());
    chromium.screenshots(person.page(), "2-setup-factor");
    final App app = person.takeApp();
    chromium.screenshots(person.page(), "3-setup-app");
    person.the("totp-submit").click();
    person.the("recovery-codes").waitFor();
    chromium.screenshots(person.page(), "4-setup-recovery");
    person.storeRecoveryCodes();
    return app;
  }

  private void seeThisMachine(Person person) {
    final Locator row = person.the("host-row").first();
    row.waitFor(new Locator.WaitForOptions().setTimeout(LONG_MILLIS));
    assertThat(row.getByTestId("host-state"))
        .hasAttribute(
            "data-state",
            "up",
            new LocatorAssertions.HasAttributeOptions().setTimeout(LONG_MILLIS));
    chromium.screenshots(person.page(), "5-hosts");
    row.getByRole(com.microsoft.playwright.options.AriaRole.LINK).first().click();
    person.the("host-chart-cpu").waitFor();
    assertThat(person.the("figure-cpu"))
        .containsText(
            Pattern.compile("[0-9]"),
            new LocatorAssertions.ContainsTextOptions().setTimeout(LONG_MILLIS));
    final String first = person.the("figure-uptime").textContent();
    assertThat(person.the("process-row").first())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LONG_MILLIS));
    assertThat(first).isNotBlank();
    // As root, the server runs as a user of its own that cannot touch the agent.
    assertThat(person.the("not-protected")).hasCount(isRoot() ? 0 : 1);
    chromium.screenshots(person.page(), "6-host-live");
    for (String range : new String[] {"hour", "day", "week", "month"}) {
      person.the("range-" + range).click();
      // The very first sample has no CPU share yet, which needs two: the load is there at once.
      person.the("host-chart-load").waitFor();
    }
    person.the("range-hour").click();
    chromium.screenshots(person.page(), "7-host-hour");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void addSecondHost(Person person) throws IOException {
    person.page().navigate("/hosts");
    person.the("add-host").first().click();
    final String command = person.the("join-command").textContent().strip();
    assertThat(command).startsWith("./bulkhead agent join bhj1_");
    chromium.screenshots(person.page(), "8-add-host");
    final String code = command.substring(command.lastIndexOf(' ') + 1);
    final Path state = Files.createTempDirectory("bulkhead-second");
    final Up.Finished joined =
        Up.run(java.util.Map.of(), Up.agent("join", code, "--state", state.toString()));
    assertThat(joined.exitCode()).as(joined.output()).isZero();
    assertThat(person.the("join-status"))
        .hasAttribute(
            "data-state",
            "joined",
            new LocatorAssertions.HasAttributeOptions().setTimeout(LONG_MILLIS));
    chromium.screenshots(person.page(), "9-host-joined");

    final Up.Finished again =
        Up.run(
            java.util.Map.of(),
            Up.agent(
                "join", code, "--state", Files.createTempDirectory("bulkhead-third").toString()));
    assertThat(again.exitCode()).isNotZero();
    assertThat(again.output()).contains("used");
    person.page().keyboard().press("Escape");
    assertThat(person.the("host-row"))
        .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(LONG_MILLIS));
  }

  private void renameAndRemove(Person person) {
    final Locator second =
        person
            .the("host-row")
            .filter(
                new Locator.FilterOptions().setHas(person.page().locator("[data-state=pending]")));
    second.getByTestId("host-menu").click();
    person.the("host-edit").click();
    person.the("host-edit-name").fill("second");
    person.the("host-edit-tags").fill("env:test");
    person.the("host-edit-save").click();
    final Locator renamed =
        person.the("host-row").filter(new Locator.FilterOptions().setHasText("second"));
    assertThat(renamed).containsText("env:test");
    person.the("host-search").fill("second");
    assertThat(person.the("host-row")).hasCount(1);
    person.the("host-search").fill("");
    assertThat(person.the("host-row")).hasCount(2);
    chromium.screenshots(person.page(), "10-hosts");
    renamed.getByTestId("host-menu").click();
    person.the("host-remove").click();
    person.the("host-remove-confirm").click();
    assertThat(person.the("host-row")).hasCount(1);
  }

  private void signOutAndIn(Person person, App app) {
    person.signOut();
    chromium.screenshots(person.page(), "11-sign-in");
    person.enterPassword();
    person.the("sign-in-totp").fill(app.code(1));
    chromium.screenshots(person.page(), "12-sign-in-factor");
    person.the("sign-in-finish").click();
    person.the("add-host").first().waitFor();
  }
}
