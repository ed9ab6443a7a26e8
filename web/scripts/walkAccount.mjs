// The part of the walk that is about the own account, the fresh factor, allowed networks, and waiting.

/** What the walk is given: a page, `shot(name, options)`, `id(testId)`, `serve(options, act)` and the address. */
export async function walkAccount({ page, shot, id, serve, base }) {
  const post = (path) => fetch(`${base}${path}`, { method: "POST" });
  const cancel = () => page.keyboard.press("Escape");
  const rowOf = (kind, name) => id(kind).filter({ hasText: name });
  const gone = (name) => id(name).waitFor({ state: "detached" });
  const menuOf = (kind, name) => rowOf(kind, name).getByTestId(kind.replace("-row", "-menu"));
  const authenticator = await addAuthenticator(page);

  await serve(["--state", "signed-in"], async () => {
    await account();
    await stepUp();
    await networks();
    await endSessions();
    await shutOut();
  });

  await serve(["--state", "signed-in", "--empty", "--hosts", "0"], async () => {
    await post("/test/one-factor");
    await page.goto(`${base}/account`);
    await id("passkeys-empty").waitFor();
    await id("session-row").first().waitFor();
    await shot("account-one-factor", { fullPage: true });
    await id("app-remove").click();
    await shot("account-last-factor");
    await cancel();
    await page.goto(`${base}/tenant`);
    await id("networks-empty").waitFor();
    await shot("networks-empty", { fullPage: true });
    await id("network-new").click();
    await shot("network-first");
    await cancel();
  });

  await serve(["--state", "signed-out"], async () => {
    await page.goto(`${base}/hosts`);
    await id("sign-in-name").fill("owner");
    await id("sign-in-password").fill("wrong");
    await post("/test/limit?seconds=4");
    await id("sign-in-submit").click();
    await id("waiting").waitFor();
    await shot("sign-in-waiting");
    await page.getByText("You can try again now").waitFor();
    await shot("sign-in-waited");
    await id("sign-in-password").fill("four unrelated words");
    await id("sign-in-submit").click();
    await id("sign-in-totp").waitFor();
  });
  await authenticator.remove();

  async function account() {
    await page.route("**/api/v1/account**", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.continue();
    });
    await page.goto(`${base}/hosts`);
    await id("account-menu").click();
    await shot("account-menu");
    await id("open-account").click();
    await page.getByText("Loading your account").waitFor({ state: "attached" });
    await shot("account-loading");
    await id("passkey-row").first().waitFor();
    await id("session-row").first().waitFor();
    await page.unroute("**/api/v1/account**");
    await shot("account", { fullPage: true });
    await id("password-change").click();
    await id("password-current").fill("wrong");
    await id("password-new").fill("four unrelated words");
    await page.getByText("Strong").waitFor();
    await id("password-save").click();
    await page.getByText("That is not your password").waitFor();
    await shot("account-password");
    await cancel();
    await id("app-add").click();
    await shot("account-app-1");
    await id("app-start").click();
    await id("totp-code").fill("000000");
    await id("totp-submit").click();
    await page.getByText("That code is not right").waitFor();
    await shot("account-app-2");
    await id("totp-code").fill("123456");
    await id("totp-submit").click();
    await gone("app-dialog");
    await id("app-remove").click();
    await shot("account-app-remove");
    await cancel();
    await id("passkey-add").click();
    await id("passkey-name").fill("This machine");
    await shot("account-passkey-add");
    await id("passkey-save").click();
    await rowOf("passkey-row", "This machine").waitFor();
    await menuOf("passkey-row", "safe").click();
    await shot("account-passkey-menu");
    await id("passkey-rename").click();
    await shot("account-passkey-rename");
    await cancel();
    await menuOf("passkey-row", "safe").click();
    await id("passkey-remove").click();
    await shot("account-passkey-remove");
    await id("passkey-remove-dialog-confirm").click();
    await gone("passkey-remove-dialog");
    await id("recovery-renew").click();
    await shot("account-recovery-ask");
    await id("recovery-dialog-confirm").click();
    await id("recovery-codes").waitFor();
    await shot("account-recovery-codes");
    await id("recovery-stored").check();
    await id("setup-finish").click();
    await rowOf("session-row", "Firefox").getByTestId("session-end").click();
    await shot("account-session-end");
    await id("session-end-dialog-confirm").click();
    await gone("session-end-dialog");
    await id("sessions-end").click();
    await shot("account-sessions-end");
    await cancel();
    await post(`/test/fail?route=${encodeURIComponent("GET /account")}`);
    await page.goto(`${base}/account`);
    await page.getByRole("alert").first().waitFor({ timeout: 30_000 });
    await shot("account-failed");
    await post("/test/fail?route=");
  }

  async function stepUp() {
    await post("/test/stale");
    await page.goto(`${base}/account`);
    await id("recovery-renew").click();
    await id("recovery-dialog-confirm").click();
    await id("step-up").waitFor();
    await shot("step-up-passkey");
    await id("step-up-use-totp").click();
    await id("step-up-totp").fill("000000");
    await id("step-up-finish").click();
    await page.getByText("That code is not right").waitFor();
    await shot("step-up-wrong");
    await id("step-up-use-recovery_code").click();
    await shot("step-up-recovery");
    await cancel();
    await gone("step-up");
    await page.locator("[data-testid=recovery-dialog-confirm]:not([aria-disabled])").waitFor();
    await shot("step-up-cancelled");
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
    if (focused !== "recovery-dialog-confirm") throw new Error(`the focus went to ${focused}`);
    await id("recovery-dialog-confirm").click();
    // The passkey that was made above, in the browser's own authenticator.
    await id("step-up-finish").click();
    await id("recovery-codes").waitFor();
    await cancel();
    await post("/test/stale");
    await page.goto(`${base}/tenant`);
    await id("export-start").click();
    await id("step-up").waitFor();
    await id("step-up-cancel").click();
    await page.getByText("Nothing was saved").waitFor();
    await id("export-start").click();
    await id("step-up-use-totp").click();
    await id("step-up-totp").fill("123 456");
    await id("step-up-finish").click();
    await page.getByText("received…").waitFor();
    await id("export-stop").click();
  }

  async function networks() {
    await page.goto(`${base}/tenant`);
    await id("network-row").first().waitFor();
    await id("group-row").first().waitFor();
    await shot("networks", { fullPage: true });
    await menuOf("network-row", "203.0.113").click();
    await shot("network-menu");
    await id("network-disable").click();
    await id("network-disable-dialog-confirm").click();
    await page.getByText("You would shut yourself out").waitFor();
    await shot("network-lock-out");
    await cancel();
    await menuOf("network-row", "10.4").click();
    await id("network-remove").click();
    await shot("network-remove");
    await cancel();
    await menuOf("network-row", "2001").click();
    await id("network-edit").click();
    await shot("network-edit");
    await cancel();
    await id("network-new").click();
    await id("network-cidr").fill("10.4.0.0/16");
    await id("network-description").fill("Somewhere else");
    await id("network-add").click();
    await page.getByText("It is on the list already").waitFor();
    await shot("network-new");
    await id("network-allow-mine").click();
    await rowOf("network-row", "203.0.113.7/32").waitFor();
  }

  async function endSessions() {
    await page.goto(`${base}/people`);
    await menuOf("person-row", "night-shift").click();
    await shot("people-menu-sessions");
    await id("person-sessions").click();
    await shot("people-sessions");
    await id("person-sessions-dialog-confirm").click();
    await gone("person-sessions-dialog");
  }

  async function shutOut() {
    await post("/test/move?address=198.51.100.200");
    await id("people-search").fill("x");
    await id("shut-out").waitFor();
    await shot("shut-out", { fullPage: true });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("still not allowed").waitFor();
    await page.goto(`${base}/account`);
    await id("shut-out").waitFor();
    await shot("shut-out-first", { fullPage: true });
    await post("/test/move?address=203.0.113.7");
    await page.getByRole("button", { name: "Try again" }).click();
    await id("passkey-row").first().waitFor();
  }
}

/** A key that is always touched at once. */
async function addAuthenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return { remove: () => session.send("WebAuthn.disable") };
}
