import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OwnAccount, OwnSession } from "../api/accountTypes";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { AccountPage } from "./AccountPage";

const passkey = { id: "p", name: "Laptop", createdAt: "2026-01-01T00:00:00Z", lastUsedAt: null };

beforeEach(() => {
  vi.stubGlobal(
    "PublicKeyCredential",
    Object.assign(() => undefined, { parseCreationOptionsFromJSON: () => ({}) }),
  );
});
afterEach(() => void vi.unstubAllGlobals());

describe("the own account", () => {
  it("explains why the last factor stays, and asks the server for nothing", async () => {
    const calls = await show({ totp: { createdAt: "2026-01-01T00:00:00Z" } });

    await userEvent.click(await screen.findByTestId("app-remove"));

    expect(screen.getByTestId("last-factor").textContent).toMatch(/Add another passkey or an/);
    expect(calls.every(({ method }) => method === "GET")).toBe(true);
  });

  it("explains it, too, when the server knows better than the page", async () => {
    await show(
      { totp: { createdAt: "2026-01-01T00:00:00Z" }, passkeys: [passkey] },
      { "DELETE /account/passkeys/p": () => ({ status: 409, code: "last_factor", title: "No" }) },
    );
    await userEvent.click(await screen.findByTestId("passkey-menu"));
    await userEvent.click(screen.getByTestId("passkey-remove"));

    await userEvent.click(screen.getByTestId("passkey-remove-dialog-confirm"));

    expect((await screen.findByRole("alert")).textContent).toMatch(
      /last second factor.*Add another one first/,
    );
  });

  it("gives a passkey another name", async () => {
    const calls = await show({ passkeys: [passkey] }, { "PUT /account/passkeys/p": () => ({}) });
    await userEvent.click(await screen.findByTestId("passkey-menu"));
    await userEvent.click(screen.getByTestId("passkey-rename"));
    await userEvent.clear(screen.getByTestId("passkey-name"));
    await userEvent.type(screen.getByTestId("passkey-name"), "Old laptop");

    await userEvent.click(screen.getByTestId("passkey-save"));

    await waitFor(() => expect(screen.queryByTestId("passkey-dialog")).toBeNull());
    expect(calls.find(({ method }) => method === "PUT")?.body).toEqual({ name: "Old laptop" });
  });

  it("replaces the app only after a right code", async () => {
    const after = own({ totp: { createdAt: new Date().toISOString() } });
    await show(
      { totp: { createdAt: "2025-01-01T00:00:00Z" } },
      {
        "POST /account/totp/offer": () => ({
          ceremony: "c",
          totp: { secret: "ABCD", otpauthUri: "otpauth://totp/x", qrSvg: "<svg/>" },
        }),
        "POST /account/totp": ({ body }) =>
          (body as { code: string }).code === "123456"
            ? after
            : { status: 403, code: "factor_wrong", title: "No" },
      },
    );
    await userEvent.click(await screen.findByTestId("app-add"));
    await userEvent.click(screen.getByTestId("app-start"));
    await userEvent.type(await screen.findByTestId("totp-code"), "000000{Enter}");
    expect(await screen.findByText(/That code is not right now/)).toBeTruthy();

    await userEvent.clear(screen.getByTestId("totp-code"));
    await userEvent.type(screen.getByTestId("totp-code"), "123456{Enter}");

    await waitFor(() => expect(screen.getByTestId("app").textContent).toContain("Added now"));
  });

  it("warns when few recovery codes are left, and shows new ones until they are stored", async () => {
    await show(
      { recoveryCodesLeft: 1 },
      { "POST /account/recovery-codes": () => ({ recoveryCodes: ["aaaaa-bbbbb", "ccccc-ddddd"] }) },
    );
    expect((await screen.findByTestId("recovery-left")).textContent).toMatch(/1.code left/);
    await userEvent.click(screen.getByTestId("recovery-renew"));
    await userEvent.click(screen.getByTestId("recovery-dialog-confirm"));

    expect((await screen.findByTestId("recovery-codes")).textContent).toContain("ccccc-ddddd");
    expect(screen.getByTestId("setup-finish")).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByTestId("recovery-stored"));
    await userEvent.click(screen.getByTestId("setup-finish"));

    expect(screen.queryByTestId("recovery-codes")).toBeNull();
  });

  it("says at the field that the password now is another one", async () => {
    await show(
      {},
      {
        "POST /invitation/password-check": () => ({ score: 4, accepted: true, reason: null, hint: null }),
        "PUT /account/password": () => ({ status: 403, code: "password_wrong", title: "Wrong" }),
      },
    );
    await userEvent.click(await screen.findByTestId("password-change"));
    await userEvent.type(screen.getByTestId("password-current"), "old one");
    await userEvent.type(screen.getByTestId("password-new"), "four unrelated words");
    await userEvent.click(screen.getByTestId("password-save"));

    expect(await screen.findByText("That is not your password.")).toBeTruthy();
    expect(screen.getByTestId("password-current").getAttribute("aria-invalid")).toBe("true");
  });
});

describe("the own sessions", () => {
  it("marks this one, which has no end, and ends another", async () => {
    const calls = await show({}, { "DELETE /account/sessions/2": () => undefined });
    const [mine, other] = await screen.findAllByTestId("session-row");

    expect(mine?.textContent).toContain("this one");
    expect(mine && within(mine).queryByTestId("session-end")).toBeNull();
    expect(other?.textContent).toContain("Firefox on Linux");
    await userEvent.click(screen.getByTestId("session-end"));
    await userEvent.click(screen.getByTestId("session-end-dialog-confirm"));

    await waitFor(() => expect(screen.queryByTestId("session-end-dialog")).toBeNull());
    expect(calls.some(({ method, path }) => method === "DELETE" && path === "/account/sessions/2")).toBe(
      true,
    );
  });

  it("ends all others at once", async () => {
    const calls = await show({}, { "DELETE /account/sessions": () => undefined });
    await userEvent.click(await screen.findByTestId("sessions-end"));

    await userEvent.click(screen.getByTestId("session-end-dialog-confirm"));

    await waitFor(() => expect(screen.queryByTestId("session-end-dialog")).toBeNull());
    expect(calls.some(({ method, path }) => method === "DELETE" && path === "/account/sessions")).toBe(true);
  });
});

async function show(fields: Partial<OwnAccount>, answers: Parameters<typeof answerWith>[0] = {}) {
  const calls = answerWith({
    "GET /account": () => own(fields),
    "GET /account/sessions": () => ({
      items: [
        session({ id: "2", userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0" }),
        session({ id: "1", current: true }),
      ],
    }),
    ...answers,
  });
  await renderPage(<AccountPage />, account({}));
  return calls;
}

function own(fields: Partial<OwnAccount>): OwnAccount {
  return {
    ...{ id: "me", name: "somebody", passwordChangedAt: null, totp: null, passkeys: [] },
    ...{ recoveryCodesLeft: 10, stepUp: { freshUntil: null, factors: ["totp"] }, ...fields },
  };
}

function session(fields: Partial<OwnSession>): OwnSession {
  return {
    ...{ id: "1", createdAt: "2026-01-01T00:00:00Z", lastSeenAt: "2026-01-01T00:00:00Z", current: false },
    ...{ expiresAt: "2099-01-01T00:00:00Z", address: "203.0.113.7", userAgent: null, ...fields },
  };
}
