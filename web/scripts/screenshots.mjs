// Walks every page against the stand-in server and photographs it, light and dark, wide and narrow.
//   node scripts/screenshots.mjs OUT [hosts|access|account]     one part of the walk, or all
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { walkAccess } from "./walkAccess.mjs";
import { walkAccount } from "./walkAccount.mjs";

const [out, part] = process.argv.slice(2);
if (!out) throw new Error("Say where the pictures go: node scripts/screenshots.mjs OUT");
const port = 7391;
const base = `http://localhost:${port}`;
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } };
const problems = [];

await mkdir(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
});
try {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      await walk(`${size}-${colorScheme}`, { viewport, colorScheme });
    }
  }
} finally {
  await browser.close();
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}

async function walk(suffix, settings) {
  const page = await browser.newPage({ ...settings, reducedMotion: "reduce" });
  page.on("console", (message) => {
    // Refusals and lost connections are part of the walk.
    const expected = message.text().startsWith("Failed to load resource");
    if (!expected && ["error", "warning"].includes(message.type()))
      problems.push(`${suffix}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${suffix}: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("blob:"))
      problems.push(`foreign: ${request.url()}`);
  });
  const shot = async (name, options = {}) => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) problems.push(`${suffix}: ${name} scrolls sideways by ${overflow} px`);
    await page.screenshot({ path: join(out, `${name}-${suffix}.png`), ...options });
  };
  const id = (name) => page.getByTestId(name);
  const given = { page, shot, id, serve, base };
  for (const [name, steps] of Object.entries({
    hosts: walkHosts,
    access: walkAccess,
    account: walkAccount,
  })) {
    if (!part || part === name) await steps(given);
  }
  await page.close();
}

async function walkHosts({ page, shot, id }) {
  await serve(["--state", "setup"], async () => {
    await page.goto(base);
    await id("setup-code").fill("mock-setup-code");
    await shot("setup-1-code");
    await id("setup-code-submit").click();
    await id("setup-name").fill("owner");
    await id("setup-tenant").fill("Harbour Works");
    await id("setup-password").fill("password-password");
    await page.getByText("one of the first").waitFor();
    await shot("setup-2-owner-refused", { fullPage: true });
    await id("setup-password").fill("four unrelated words");
    await page.getByText("Strong").waitFor();
    await shot("setup-2-owner", { fullPage: true });
    await id("setup-owner-submit").click();
    await id("factor-totp").click();
    await shot("setup-3-factor", { fullPage: true });
    await id("totp-code").fill("123456");
    await id("totp-submit").click();
    await id("recovery-codes").waitFor();
    await shot("setup-4-recovery");
    await id("recovery-stored").check();
    await id("setup-finish").click();
    await id("hosts-table").waitFor();
  });

  await serve(["--state", "signed-out", "--hosts", "0", "--loopback"], async () => {
    await page.goto(`${base}/hosts`);
    await id("sign-in-name").fill("owner");
    await id("sign-in-password").fill("wrong");
    await id("sign-in-submit").click();
    await page.getByRole("alert").waitFor();
    await shot("sign-in-1-refused");
    await id("sign-in-password").fill("four unrelated words");
    await id("sign-in-submit").click();
    await id("sign-in-totp").fill("123456");
    await shot("sign-in-2-factor");
    await id("sign-in-finish").click();
    await id("hosts-empty").waitFor();
    await shot("hosts-empty");
    await id("add-host").click();
    await id("join-command").waitFor();
    await shot("join-1-waiting");
    await fetch(`${base}/test/join-failure?cause=clock_off`, { method: "POST" });
    await page.getByText("clock is wrong").waitFor();
    await shot("join-2-failed");
    await fetch(`${base}/test/join`, { method: "POST" });
    await id("joined-host").waitFor();
    await shot("join-3-joined");
  });

  await serve(["--state", "signed-in"], async () => {
    await page.goto(`${base}/hosts`);
    await id("host-row").first().waitFor();
    await shot("hosts");
    await id("host-menu").nth(1).click();
    await shot("hosts-menu");
    await id("host-edit").click();
    await shot("hosts-edit");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await id("palette-input").fill("web");
    await page.waitForTimeout(400);
    await shot("palette");
    await page.keyboard.press("Escape");
    await id("host-search").fill("workstation");
    await page.getByRole("link", { name: "workstation" }).click();
    await id("host-chart-cpu").locator("canvas").waitFor();
    await page.waitForTimeout(6_000);
    await shot("host-live", { fullPage: true });
    await id("range-day").click();
    await page.waitForTimeout(1_000);
    await id("chart-table-cpu").click();
    await shot("host-day", { fullPage: true });
    await page.goto(`${base}/nowhere`);
    await id("not-found").waitFor();
    await shot("not-found");
    await page.goto(`${base}/hosts/00000000-0000-0000-0000-000000000000`);
    await id("host-not-found").waitFor();
    await shot("host-not-found");
    await page.goto(`${base}/hosts`);
    await id("host-row").first().waitFor();
  });
  await id("link-lost").waitFor();
  await shot("hosts-lost");
}

async function serve(options, act) {
  const server = spawn(process.execPath, ["test-server/main.mjs", "--port", String(port), ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => server.stdout.once("data", resolve));
  try {
    await act();
  } finally {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await ended;
  }
}
