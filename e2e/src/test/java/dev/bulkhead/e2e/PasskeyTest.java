package dev.bulkhead.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/// Setup with a passkey, and signing in with it alone.
final class PasskeyTest {
  @Test
  void owner_withPasskey_signsInWithoutPassword() {
    try (Up up = Up.start();
        Chromium chromium = new Chromium()) {
      final Page page = chromium.open(up.url());
      final Person person = new Person(page);
      person.plugInAuthenticator();

      person.enterAccount(up.setupCode());
      person.the("factor-passkey").click();
      person.the("passkey-create").click();
      person.storeRecoveryCodes();
      person.signOut();
      person.the("sign-in-passkey").click();

      assertThat(person.the("add-host").first()).isVisible();
      assertThat(chromium.complaints()).isEmpty();
      // Everything that a page keeps is its look: no token is in any storage, and no script can
      // read the cookie.
      assertThat((String) page.evaluate("() => document.cookie")).isEmpty();
      assertThat(
              (String) page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})"))
          .doesNotContainIgnoringCase("token");
    }
  }
}
