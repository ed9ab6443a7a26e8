// The part of the walk that is about who may do what: people, invitations, tenants, tokens, and being refused.

/** What the walk is given: a page, `shot(name, options)`, `id(testId)`, `serve(options, act)` and the address. */
export async function walkAccess({ page, shot, id, serve, base }) {
  const post = (path) => fetch(`${base}${path}`, { method: "POST" });
  const cancel = () => page.keyboard.press("Escape");
  const rowOf = (kind, name) => id(kind).filter({ hasText: name });

  await serve(["--state", "signed-in"], async () => {
    await people();
    const link = await invite();
    await invitations();
    await tokens();
    await tenant();
    await tenants();
    await palette();
    await accept(link);
  });

  await serve(["--state", "signed-in"], async () => {
    await page.goto(`${base}/tenant`);
    await id("tenant-delete").click();
    await shot("tenant-delete");
    await id("tenant-delete-dialog-typed").fill("Harbour Works");
    await id("tenant-delete-dialog-confirm").click();
    await page.getByText("is deleted").waitFor();
    await shot("tenant-deleted");
  });

  await serve(["--state", "signed-in", "--role", "viewer", "--empty", "--hosts", "0"], async () => {
    await page.goto(`${base}/people`);
    await id("forbidden").waitFor();
    await page.getByText("owners, admins").waitFor();
    await shot("people-forbidden");
    await page.goto(`${base}/tenants`);
    await id("forbidden").waitFor();
    await shot("tenants-forbidden");
    await page.goto(`${base}/tokens`);
    await id("tokens-empty").waitFor();
    await shot("tokens-empty");
    await page.goto(`${base}/tenant`);
    await id("groups-empty").waitFor();
    await id("tenant").waitFor();
    await shot("tenant-viewer");
    await page.goto(`${base}/hosts`);
    await id("hosts-empty").waitFor();
    await shot("hosts-empty-viewer");
  });

  await serve(["--state", "signed-in", "--role", "operator", "--scope", "env:prod,site:ams"], async () => {
    await page.goto(`${base}/hosts`);
    await id("host-row").first().waitFor();
    await id("account-menu").click();
    await shot("scoped-hosts");
    await page.keyboard.press("Escape");
    await id("host-menu").nth(1).click();
    await id("host-edit").click();
    await shot("scoped-edit");
    await cancel();
    await id("add-host").click();
    await id("join-tag-env:prod").click();
    await shot("scoped-add-1");
    await id("join-tags-done").click();
    await id("join-tags").waitFor();
    await shot("scoped-add-2");
  });

  await serve(["--state", "signed-in", "--role", "admin", "--scope", "env:prod,site:ams"], async () => {
    await page.goto(`${base}/people?new=true`);
    await id("scope-tag-env:prod").waitFor();
    await shot("scoped-invite", { fullPage: true });
  });

  async function people() {
    await page.route("**/api/v1/people?**", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    await page.goto(`${base}/people`);
    await page.getByText("Loading the people").waitFor({ state: "attached" });
    await shot("people-loading");
    await id("person-row").first().waitFor();
    await page.unroute("**/api/v1/people?**");
    await id("invitation-row").first().waitFor();
    await shot("people", { fullPage: true });
    await rowOf("person-row", "night-shift").getByTestId("person-menu").click();
    await shot("people-menu");
    await id("person-role").click();
    await id("role-viewer").click();
    await id("scope-some").click();
    await id("scope-tags").fill("env:prod, role:web");
    await id("scope-group-Europe").click();
    await shot("people-role", { fullPage: true });
    await post("/test/change-people");
    await id("role-save").click();
    await page.getByText("Somebody else changed this").waitFor();
    await page.getByText("Show what is there now").scrollIntoViewIfNeeded();
    await shot("people-role-overtaken");
    await page.getByText("Show what is there now").click();
    await rowOf("person-row", "contractor").getByTestId("person-menu").click();
    await id("person-remove").click();
    await shot("people-remove");
    await cancel();
    await rowOf("person-row", "platform-desk").getByTestId("person-menu").click();
    await id("person-platform").click();
    await shot("people-platform");
    await cancel();
    await id("people-search").fill("nobody at all");
    await id("people-empty").waitFor();
    await shot("people-empty");
    await post(`/test/fail?route=${encodeURIComponent("GET /people")}`);
    await page.goto(`${base}/people?q=night`);
    await page.getByRole("alert").first().waitFor({ timeout: 30_000 });
    await shot("people-failed");
    await post("/test/fail?route=");
  }

  async function invite() {
    await page.goto(`${base}/people`);
    await id("invite").click();
    await id("invite-note").fill("Weekend shift");
    await id("role-operator").click();
    await shot("invite", { fullPage: true });
    await id("invite-make").click();
    await id("invite-code").waitFor();
    await shot("invite-code", { fullPage: true });
    const code = await id("invite-code").textContent();
    await id("invite-done").click();
    return `${base}/invitation#code=${code}`;
  }

  async function invitations() {
    await id("invitations-past").click();
    await rowOf("invitation-row", "Wallboard").getByTestId("invitation-revoke").click();
    await shot("invitation-revoke");
    await id("invitation-revoke-dialog-confirm").click();
    await id("invitation-revoke-dialog").waitFor({ state: "detached" });
    await id("invitations").scrollIntoViewIfNeeded();
    await shot("invitations-past", { fullPage: true });
  }

  async function tokens() {
    await page.goto(`${base}/tokens`);
    await id("service-row").first().waitFor();
    await shot("tokens", { fullPage: true });
    await rowOf("token-row", "laptop").getByTestId("token-menu").click();
    await shot("tokens-menu");
    await id("token-edit").click();
    await id("token-networks").fill("10.4.0.0/16, somewhere");
    await id("token-save").click();
    await page.getByText("no address range").waitFor();
    await shot("token-edit");
    await cancel();
    await rowOf("token-row", "laptop").getByTestId("token-menu").click();
    await id("token-disable").click();
    await shot("token-stop");
    await id("token-disable-dialog-confirm").click();
    await id("token-new").click();
    await id("token-name").fill("nightly report");
    await id("scope-hosts_read").click();
    await id("scope-audit_read").click();
    await shot("token-new", { fullPage: true });
    await id("token-make").click();
    await id("token-value").waitFor();
    await shot("token-value");
    await id("token-done").click();
    await id("service-new").click();
    await id("role-viewer").waitFor();
    await shot("service-new", { fullPage: true });
    await cancel();
  }

  async function tenant() {
    await page.goto(`${base}/tenant`);
    await id("group-row").first().waitFor();
    await id("tenant-name").waitFor();
    await shot("tenant", { fullPage: true });
    await id("tenant-rename").click();
    await shot("tenant-rename");
    await cancel();
    await id("group-new").click();
    await id("group-name").fill("production");
    await id("group-tags").fill("env:prod");
    await id("group-save").click();
    await page.getByText("Another group has this name").waitFor();
    await shot("group-new");
    await cancel();
    await rowOf("group-row", "Databases").getByTestId("group-menu").click();
    await id("group-delete").click();
    await id("group-delete-dialog-confirm").click();
    await page.getByText("database-team").waitFor();
    await shot("group-in-use");
    await cancel();
    await id("export-start").click();
    await page.getByText("received…").waitFor();
    await shot("tenant-export", { fullPage: true });
    await id("export-stop").click();
    await page.getByText("Nothing was saved").waitFor();
  }

  async function tenants() {
    await page.goto(`${base}/tenants`);
    await id("tenant-row").first().waitFor();
    await shot("tenants", { fullPage: true });
    await rowOf("tenant-row", "Inland").getByTestId("tenant-menu").click();
    await id("tenant-delete").click();
    await shot("tenants-delete");
    await cancel();
    await rowOf("tenant-row", "Shipyard").getByTestId("tenant-menu").click();
    await shot("tenants-menu");
    await id("tenant-purge").click();
    await id("tenant-purge-dialog-typed").fill("old-shipyard-trial");
    await shot("tenants-purge");
    await cancel();
    await id("tenant-new").click();
    await id("tenant-new-name").fill("Locks");
    await id("tenant-new-make").click();
    await page.getByText("Another tenant has it").waitFor();
    await shot("tenant-new");
    await id("tenant-new-slug").fill("locks-north");
    await id("tenant-new-make").click();
    await id("invite-code").waitFor();
    await shot("tenant-made", { fullPage: true });
    await id("invite-done").click();
  }

  async function palette() {
    await page.keyboard.press("Control+k");
    await id("palette-input").fill("t");
    await page.waitForTimeout(400);
    await shot("palette-access");
    await page.keyboard.press("Escape");
    if (await id("nav-menu").isVisible()) {
      await id("nav-menu").click();
      await shot("nav-menu");
      await page.keyboard.press("Escape");
    }
  }

  async function accept(link) {
    await page.goto(link);
    await id("invitation-signed-in").waitFor();
    await shot("invitation-0-signed-in");
    await page.getByRole("button", { name: "Sign out and go on" }).click();
    await id("invitation-code").waitFor();
    if (new URL(page.url()).hash !== "") throw new Error(`the code stayed in the address: ${page.url()}`);
    await shot("invitation-1-code");
    const code = await id("invitation-code").inputValue();
    await id("invitation-code").fill("bhi1_wrong");
    await id("invitation-code-submit").click();
    await page.getByText("lets nobody in").waitFor();
    await shot("invitation-1-wrong");
    await id("invitation-code").fill(code);
    await id("invitation-code-submit").click();
    await id("setup-name").fill("night-shift");
    await id("setup-password").fill("four unrelated words");
    await page.getByText("Strong").waitFor();
    await id("setup-owner-submit").click();
    await page.getByText("has this name already").waitFor();
    await shot("invitation-2-account", { fullPage: true });
    await id("setup-name").fill("weekend-shift");
    await id("setup-owner-submit").click();
    await id("factor-totp").click();
    await id("totp-code").fill("123456");
    await id("totp-submit").click();
    await id("recovery-stored").check();
    await shot("invitation-4-recovery");
    await id("setup-finish").click();
    await id("hosts-table").waitFor();
    await shot("invitation-5-hosts");
  }
}
