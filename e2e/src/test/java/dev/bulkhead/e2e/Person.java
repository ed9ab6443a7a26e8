package dev.bulkhead.e2e;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/// What a person does at the pages of a server.
final class Person {
  static final String NAME = "owner";
  static final String PASSWORD = "marsh lantern orbit 47 quilt";

  private final Page page;

  Person(Page page) {
    this.page = page;
  }

  Page page() {
    return page;
  }

  Locator the(String testId) {
    return page.getByTestId(testId);
  }

  /// From the setup code to the choice of a second factor.
  void enterAccount(String setupCode) {
    page.navigate("/");
    the("setup-code").fill(setupCode);
    the("setup-code-submit").click();
    the("setup-name").fill(NAME);
    the("setup-tenant").fill("Acme");
    the("setup-password").fill(PASSWORD);
    page.waitForSelector("[data-testid=password-meter][data-accepted=true]");
    the("setup-owner-submit").click();
    the("factor-totp").waitFor();
  }

  /// Chooses an authenticator app and answers with it.
  App takeApp() {
    the("factor-totp").click();
    final App app = new App(the("totp-secret").textContent());
    the("totp-code").fill(app.code(0));
    return app;
  }

  void storeRecoveryCodes() {
    the("recovery-codes").waitFor();
    the("recovery-stored").check();
    the("setup-finish").click();
    the("add-host").first().waitFor();
  }

  /// Gives the page's browser an authenticator that knows its person.
  void plugInAuthenticator() {
    final CDPSession devtools = page.context().newCDPSession(page);
    devtools.send("WebAuthn.enable");
    final JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    final JsonObject parameters = new JsonObject();
    parameters.add("options", options);
    devtools.send("WebAuthn.addVirtualAuthenticator", parameters);
  }

  void signOut() {
    the("account-menu").click();
    the("sign-out").click();
    the("sign-in-name").waitFor();
  }

  void enterPassword() {
    the("sign-in-name").fill(NAME);
    the("sign-in-password").fill(PASSWORD);
    the("sign-in-submit").click();
  }
}
