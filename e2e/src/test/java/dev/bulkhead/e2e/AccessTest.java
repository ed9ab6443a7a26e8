package dev.bulkhead.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Who may do what, at the pages of a real server: an invitation and its acceptance in another
/// browser, what a viewer sees, suspension, groups, tenants and API tokens.
final class AccessTest {
  private static final String SECOND = "second person";

  @Test
  void invitedViewer_seesAndDoesWhatAViewerMay_untilSuspended() {
    try (Up up = Up.start();
        Chromium chromium = new Chromium()) {
      final Person owner = new Person(chromium.open(up.url()));
      owner.enterAccount(up.setupCode());
      final App app = owner.takeApp();
      owner.the("totp-submit").click();
      owner.storeRecoveryCodes();
      account(owner, app, up, chromium);
      final String code = invite(owner, chromium);

      final Person viewer = new Person(chromium.open(up.url()));
      accept(viewer, code, chromium);
      assertThat(viewer.the("host-row").first()).isVisible();
      assertThat(viewer.the("add-host")).hasCount(0);
      assertThat(viewer.the("nav-people")).hasCount(0);
      viewer.page().navigate("/people");
      assertThat(viewer.the("forbidden")).isVisible();
      chromium.screenshots(viewer.page(), "17-forbidden");
      viewer.page().navigate("/hosts");
      viewer.the("host-row").first().waitFor();

      suspend(owner, chromium);
      // The live view ends within a second, and with it the page.
      assertThat(viewer.the("sign-in-name")).isVisible();

      groups(owner, chromium);
      tenants(owner, chromium);
      tokens(owner, chromium);
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  private static void account(Person owner, App app, Up up, Chromium chromium) {
    owner.plugInAuthenticator();
    owner.page().navigate("/account");
    owner.the("session-row").first().waitFor();
    // Ten minutes later, as far as the server knows.
    AppDatabase.update(up.state(), "update session set fresh_until = now() - interval '1 minute'");
    owner.the("passkey-add").click();
    owner.the("passkey-name").fill("key of this machine");
    owner.the("passkey-save").click();
    owner.the("step-up-totp").waitFor();
    chromium.screenshots(owner.page(), "23-step-up");
    owner.the("step-up-totp").fill(app.code(1));
    owner.the("step-up-finish").click();
    assertThat(owner.the("passkey-row")).hasCount(1);
    assertThat(owner.the("passkey-row")).containsText("key of this machine");
    chromium.screenshots(owner.page(), "24-account");
  }

  private static String invite(Person owner, Chromium chromium) {
    owner.page().navigate("/people");
    owner.the("person-row").first().waitFor();
    owner.the("invite").click();
    owner.the("invite-note").fill("for the wall");
    owner.the("role-viewer").click();
    chromium.screenshots(owner.page(), "15-invite");
    owner.the("invite-make").click();
    final String code = owner.the("invite-code").textContent().strip();
    assertThat(code).startsWith("bhi1_");
    owner.the("invite-done").click();
    assertThat(owner.the("invitation-row")).hasCount(1);
    return code;
  }

  private static void accept(Person viewer, String code, Chromium chromium) {
    final Page page = viewer.page();
    page.navigate("/invitation#code=" + code);
    final Locator name = viewer.the("setup-name");
    final Locator submit = viewer.the("invitation-code-submit");
    name.or(submit).first().waitFor();
    assertThat(page.url()).doesNotContain("bhi1_");
    if (!name.isVisible()) {
      submit.click();
    }
    name.fill(SECOND);
    viewer.the("setup-password").fill("cobalt wharf 93 lantern drift");
    page.waitForSelector("[data-testid=password-meter][data-accepted=true]");
    chromium.screenshots(page, "16-invitation");
    viewer.the("setup-owner-submit").click();
    viewer.takeApp();
    viewer.the("totp-submit").click();
    viewer.the("recovery-codes").waitFor();
    viewer.the("recovery-stored").check();
    viewer.the("setup-finish").click();
    page.waitForURL(Pattern.compile(".*/hosts$"));
  }

  private static void suspend(Person owner, Chromium chromium) {
    owner.page().navigate("/people");
    final Locator row =
        owner.the("person-row").filter(new Locator.FilterOptions().setHasText(SECOND));
    assertThat(owner.the("person-row")).hasCount(2);
    chromium.screenshots(owner.page(), "18-people");
    row.getByTestId("person-menu").click();
    owner.the("person-suspend").click();
    owner.the("person-suspend-dialog-confirm").click();
    assertThat(row).containsText("Suspended");
  }

  private static void groups(Person owner, Chromium chromium) {
    owner.page().navigate("/tenant");
    owner.the("group-new").click();
    owner.the("group-name").fill("Production");
    owner.the("group-tags").fill("env:prod");
    owner.the("group-save").click();
    assertThat(owner.the("group-row")).hasCount(1);
    chromium.screenshots(owner.page(), "19-tenant");
  }

  private static void tenants(Person owner, Chromium chromium) {
    owner.page().navigate("/tenants");
    owner.the("tenant-new").click();
    owner.the("tenant-new-name").fill("Beta");
    owner.the("tenant-new-make").click();
    assertThat(owner.the("invite-code")).containsText("bhi1_");
    owner.page().keyboard().press("Escape");
    assertThat(owner.the("tenant-row")).hasCount(2);
    chromium.screenshots(owner.page(), "20-tenants");
  }

  private static void tokens(Person owner, Chromium chromium) {
    owner.page().navigate("/tokens");
    owner.the("token-new").first().click();
    owner.the("token-name").fill("deploy");
    owner.the("scope-hosts_read").check();
    owner.the("token-make").click();
    assertThat(owner.the("token-value")).containsText("bhk_");
    chromium.screenshots(owner.page(), "21-token");
    owner.the("token-done").click();
    assertThat(owner.the("token-row")).hasCount(1);
    chromium.screenshots(owner.page(), "22-tokens");
  }
}
